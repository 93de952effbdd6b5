/** What stands in place of a secret. */
export const MASK = '***';
/** A shorter value is no secret, and masking it would garble ordinary words. */
const SHORTEST_SECRET = 6;

/** A name is secret that has one of these between its dashes and underscores, in capitals or not. */
const SECRET_WORDS = new Set([
  ...['PASS', 'PASSWORD', 'PASSWD', 'PASSPHRASE', 'SECRET', 'TOKEN', 'CREDENTIAL', 'CREDENTIALS', 'PWD', 'DSN', 'KEY'],
  ...['APIKEY', 'ACCESSKEY', 'PRIVATEKEY', 'SIGNINGKEY', 'ENCRYPTIONKEY', 'SECRETKEY', 'AUTHKEY'],
]);
const NOT_SECRET = new Set(['PWD', 'OLDPWD']);
/** A password that is only the name of a variable tells nothing. */
const URL_PASSWORD = /\b([a-z][a-z0-9+.-]*:\/\/[^\s:/@]*):(?!\$+\{?[A-Z_]\w*\}?@)([^\s/@]+)@/gi;

/** How a secret is written. `hint` stands wherever `pattern` can match: to look for it costs next to nothing. */
interface Rule {
  readonly hint: RegExp | string;
  readonly pattern: RegExp;
  mask(...match: readonly string[]): string;
}

/** The shortest of them. */
const TOKEN_HINT = /[\w-]{15}/;

const RULES: readonly Rule[] = [
  // Tokens that tell by their shape what they are: of code hosts, package registries, clouds, payment, chat.
  ...[
    /\bgh[pousr]_\w{30,}|\bgithub_pat_\w{30,}|\bglpat-[\w-]{20,}|\bnpm_\w{30,}|\bpypi-[\w-]{30,}/g,
    /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\bAIza[\w-]{35}/g,
    /\b[sr]k[_-](?:live|test|proj|ant)[_-][\w-]{16,}|\bxox[abprs]-[\w-]{10,}/g,
  ].map((pattern): Rule => ({ hint: TOKEN_HINT, pattern, mask: () => MASK })),
  { hint: 'eyJ', pattern: /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/g, mask: () => MASK },
  { hint: '://', pattern: URL_PASSWORD, mask: (_, before) => `${before}:${MASK}@` },
  { hint: /bearer/i, pattern: /\b(bearer\s+)[\w.~+/-]{6,}=*/gi, mask: (_, before) => `${before}${MASK}` },
  {
    hint: '-',
    pattern: /(--?(?:password|passwd|token|secret|api-?key|access-?key)[= ])\S+/gi,
    mask: (_, before) => `${before}${MASK}`,
  },
  {
    hint: '=',
    pattern: /\b([\w-]+)=("[^"]*"|'[^']*'|[^\s"']+)/g,
    mask: (whole, name) => (isSecretName(name) ? `${name}=${MASK}` : whole),
  },
];

/** Takes secrets out of a text. */
export type Redact = (text: string) => string;

/**
 * Masks `values` wherever they turn up, and besides what is written as a secret: `NAME=value` with such a name,
 * `--password value`, `user:password@` in a URL, a bearer token, a token of a known shape.
 */
export function redactor(values: Iterable<string>): Redact {
  // Longest first, so that a secret that contains another one is masked whole.
  const all = [...new Set([...values].flatMap(formsOf))].sort((one, other) => other.length - one.length);
  return (text) => {
    const known = all.reduce((rest, value) => rest.replaceAll(value, MASK), text);
    return RULES.reduce(
      (rest, { hint, pattern, mask }) => (has(rest, hint) ? rest.replace(pattern, mask) : rest),
      known,
    );
  };
}

function has(text: string, hint: Rule['hint']): boolean {
  return typeof hint === 'string' ? text.includes(hint) : hint.test(text);
}

/** The values of variables whose names say that they are secret, and the passwords in URLs of all others. */
export function secretValues(variables: Readonly<Record<string, string | undefined>>): readonly string[] {
  return Object.entries(variables).flatMap(([name, value = '']) => [
    ...(isSecretName(name) ? [value] : []),
    ...(value.includes('://') ? [...value.matchAll(URL_PASSWORD)].map(([, , password = '']) => password) : []),
  ]);
}

export function isSecretName(name: string): boolean {
  return name.split(/[_-]/).some((word) => SECRET_WORDS.has(word.toUpperCase())) && !NOT_SECRET.has(name);
}

/** As programs print it: a key of many lines line by line, in a URL encoded, in JSON with its escapes. */
function formsOf(value: string): readonly string[] {
  const lines = value.includes('\n') ? value.split('\n').map((line) => line.trim()) : [];
  const forms = [value, ...lines].flatMap((text) => [text, encoded(text), JSON.stringify(text).slice(1, -1)]);
  return forms.filter((form) => form.length >= SHORTEST_SECRET);
}

function encoded(text: string): string {
  // A lone half of a surrogate pair cannot be encoded.
  return /\p{Cs}/u.test(text) ? text : encodeURIComponent(text);
}
