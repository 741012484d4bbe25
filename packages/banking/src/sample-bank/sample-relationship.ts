import { addDays } from "./iso-date.js";
import type { Random } from "./random.js";
import { sampleBankAsOf } from "./sample-day.js";

const from = (days: number): string => addDays(sampleBankAsOf, days);

/** What the bank has agreed with a customer, said to them and heard from them. */
export function sampleRelationship(random: Random, id: string, known: 0 | 1 | 2, assets: number): Record<string, unknown> {
  const important = assets >= 500000 || (assets >= 200000 && random.chance(0.3));
  const established = known > 0 && random.chance(assets >= 50000 ? 0.88 : 0.2);
  const record: Record<string, unknown> = {
    contactLog: sampleContacts(random, id, established),
    consents: sampleConsents(random, id, known),
    ...(important && established ? { reviews: sampleReviews(random, id) } : {}),
  };
  if (known > 0) {
    record["relationship"] = {
      established,
      ...(random.chance(0.8) ? { stage: random.pick(["acquaintance", "acquaintance", "liking", "liking", "trust", "alliance"]) } : {}),
      ...(random.chance(0.7) ? { lifecycle: random.pick(["cultivation", "growth", "growth", "stability", "stability", "stability", "decline"]) } : {}),
      ...(random.chance(0.9) ? { orientation: random.pick(["relationship", "value", "service"]) } : {}),
    };
    if (random.chance(0.8)) record["potential"] = random.between(5, 98);
    if (random.chance(0.8)) record["risk"] = { rating: random.between(1, 5), assessedOn: from(-random.between(10, 480)) };
    if (random.chance(0.3)) record["satisfaction"] = { score: random.pick([1, 2, 3, 3, 4, 4, 4, 4, 5, 5]), surveyedOn: from(-random.between(5, 430)) };
    if (random.chance(0.5)) record["greetingChannels"] = random.pick([["sms"], ["sms", "email"], ["email", "sms"]]);
    if (random.chance(0.3)) record["preferredChannels"] = random.pick([["phone"], ["sms", "email"], ["wecom"]]);
  }
  if (important && random.chance(0.2)) record["busy"] = true;
  if (important && random.chance(0.15)) record["meetingImpossible"] = true;
  if (random.chance(0.02)) record["complaints"] = [sampleComplaint(random, id)];
  if (random.chance(0.05)) record["lifeEvents"] = [{ eventId: `${id}-E1`, type: random.pick(["marriage", "child-born", "child-at-school", "new-home", "new-home", "new-job"]), date: from(-random.between(1, 120)) }];
  if (random.chance(0.05)) record["anniversaries"] = [{ anniversaryId: `${id}-A1`, name: "结婚纪念日", date: `${random.between(1985, 2024)}${from(random.between(0, 120)).slice(4)}` }];
  if (important && established && random.chance(0.4)) {
    record["plans"] = [{ planId: `${id}-V1`, goal: random.pick(["提升理财占比", "补齐家庭保障", "达到上一等级"]), status: random.pick(["open", "open", "done"]), reviewOn: from(random.between(-20, 60)) }];
  }
  if (established && random.chance(0.03)) record["appointments"] = [{ appointmentId: `${id}-M1`, date: from(random.between(1, 6)), place: "贵宾室", confirmed: random.chance(0.8) }];
  if (random.chance(0.004)) record["credit"] = { sign: random.pick(["watch", "watch", "serious"]), signOn: from(-random.between(1, 60)) };
  return record;
}

function sampleContacts(random: Random, id: string, established: boolean): Record<string, unknown>[] {
  const contacts: Record<string, unknown>[] = [];
  let day = -random.between(0, established ? 40 : 300);
  while (day > -365 && contacts.length < 14) {
    const channel = random.pick(["phone", "phone", "meeting", "email", "sms", "branch"]);
    const outcome = channel === "phone" ? random.pick(["reached", "reached", "reached", "reached", "not-reached"]) : channel === "meeting" ? "reached" : undefined;
    contacts.push({
      contactId: `${id}-C${contacts.length + 1}`,
      date: from(day),
      channel,
      ...(outcome === undefined ? {} : { outcome }),
      ...(channel === "meeting" && random.chance(0.5) ? { note: "了解近况" } : {}),
    });
    day -= random.between(5, established ? 40 : 250);
  }
  return contacts;
}

function sampleConsents(random: Random, id: string, known: 0 | 1 | 2): Record<string, unknown>[] {
  const consents: Record<string, unknown>[] = [];
  const shares = { greeting: [0.62, 0.7, 0.72], marketing: [0.45, 0.56, 0.6] } as const;
  for (const purpose of ["greeting", "marketing"] as const) {
    const [granted, refused, withdrawn] = shares[purpose];
    const roll = random.next() + (known === 0 ? 0.4 : 0);
    if (roll >= withdrawn) continue;
    consents.push({
      consentId: `${id}-S${consents.length + 1}`,
      purpose,
      status: roll < granted ? "granted" : roll < refused ? "refused" : "withdrawn",
      date: from(-random.between(30, 900)),
      reference: `F-${id}-${consents.length + 1}`,
    });
  }
  return consents;
}

function sampleReviews(random: Random, id: string): Record<string, unknown>[] {
  const reviews: Record<string, unknown>[] = [];
  if (random.chance(0.1)) return reviews;
  for (let day = -random.between(1, 100); day > -400 && reviews.length < 6; day -= random.between(25, 95)) {
    reviews.push({ reviewId: `${id}-R${reviews.length + 1}`, date: from(day), channel: random.chance(0.8) ? "meeting" : "phone" });
  }
  return reviews;
}

function sampleComplaint(random: Random, id: string): Record<string, unknown> {
  const received = -random.between(0, 40);
  const replied = received + random.between(1, 6);
  const answered = replied < 0 && random.chance(0.8);
  return {
    complaintId: `${id}-T1`,
    topic: random.pick(["排队时间", "短信太多", "手续费说明", "网上银行不便"]),
    status: answered ? random.pick(["replied", "closed"]) : random.pick(["accepted", "classified", "handling"]),
    statusOn: from(answered ? replied : received),
    receivedOn: from(received),
    ...(answered ? { repliedOn: from(replied) } : {}),
  };
}
