/** One plain mailbox: an ASCII local part without quoting, and a host name of two labels or more. */
const mailbox = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?$/u;

/**
 * What is wrong with an address; `null` when it is one plain mailbox. Lists, groups, display names, comments, quoted
 * local parts and routes are all refused: a mailer that parses them may find a second recipient.
 */
export function mailboxFault(to: string): "ADDRESS_CONTROL_CHAR" | "ADDRESS_MULTIPLE" | null {
  if (/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(to)) return "ADDRESS_CONTROL_CHAR";
  // Length first: the pattern is then never run on a long text.
  if (to.length > 254 || to.indexOf("@") > 64) return "ADDRESS_MULTIPLE";
  return mailbox.test(to) ? null : "ADDRESS_MULTIPLE";
}
