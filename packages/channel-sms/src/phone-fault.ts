/** E.164: a plus, a country code that does not begin with 0, 8 to 15 digits in all. */
const e164 = /^\+[1-9][0-9]{7,14}$/;

/** What is wrong with a phone number; `null` when it is one number in E.164. */
export function phoneFault(to: string): "ADDRESS_CONTROL_CHAR" | "ADDRESS_MULTIPLE" | "PHONE_INVALID" | null {
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(to)) return "ADDRESS_CONTROL_CHAR";
  if (/\d.*[,;，；、].*\d/.test(to)) return "ADDRESS_MULTIPLE";
  return e164.test(to) ? null : "PHONE_INVALID";
}
