/** Wider than the rule that refuses such values in environments: here a value that is hidden needlessly does no harm. */
const SECRET_NAME =
  /password|passwd|passphrase|secret|token|credential|jaas|(api|access|private|account|keystore|encryption|signing)[._-]?key|[._-]key$/i;

/** `password=…`, `"token": "…"` in the text of an exception. */
const NAMED_VALUE =
  /(?<!for configuration [\w.-]*)((?:password|passwd|passphrase|secret|token|credential|(?:api|access|private|account)[._-]?key)(?!\w*(?:Exception|Error)\b)\w*["']?\s*[=:]\s*)(\[hidden\]|"[^"]*"|'[^']*'|[^\s,;&)"']+)/gi;

/** `//user:password@host` */
const USER_INFO = /(\/\/[^\s/:@]*:)[^\s/@]+@/g;

const HIDDEN = '[hidden]';

/** What stands in `${provider:path:key}`; the workers resolve it, the kit never does. */
export const PLACEHOLDER = /\$\{[^}:]+:[^}]*\}/;

export function isSecretOption(option: string): boolean {
  return SECRET_NAME.test(option);
}

/** Takes the secrets of a configuration out of a text of Connect's, and what looks like one: a worker resolves placeholders, so they may be others. */
export function hideSecrets(text: string, config: Readonly<Record<string, string>> = {}): string {
  const values = Object.entries(config)
    .filter(([option, value]) => isSecretOption(option) && value !== '' && !PLACEHOLDER.test(value))
    .map(([, value]) => value)
    .sort((a, b) => b.length - a.length);
  const hidden = values.reduce(
    // A short value is part of other words; as a word of its own it can be the secret.
    (rest, value) => rest.replace(value.length < 4 ? asWord(value) : new RegExp(escaped(value), 'g'), HIDDEN),
    text,
  );
  return hidden.replace(NAMED_VALUE, `$1${HIDDEN}`).replace(USER_INFO, `$1${HIDDEN}@`);
}

function asWord(value: string): RegExp {
  return new RegExp(`(?<![\\w.])${escaped(value)}(?![\\w])`, 'g');
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
