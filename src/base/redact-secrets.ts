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

/** A way in which a secret is written. */
interface Written {
  /** Stands wherever `pattern` can match: to look for it first costs next to nothing. */
  readonly hint: RegExp | string;
  /**
   * Four groups: the name of a variable, what else stands before the secret, the secret, what stands behind it. Every
   * repetition that may fail has a bound: lines come without measure, and a pattern that looks through the rest of one
   * from each of its words would never be done.
   */
  readonly pattern: RegExp;
}

/** The shortest of them. */
const TOKEN_HINT = /[\w-]{15}/;

const WRITTEN: readonly Written[] = [
  // Tokens that tell by their shape what they are: of code hosts, package registries, clouds, payment, chat; JWTs.
  {
    hint: TOKEN_HINT,
    pattern: /()()(\bgh[pousr]_\w{30,}|\bgithub_pat_\w{30,}|\bglpat-[\w-]{20,}|\bnpm_\w{30,}|\bpypi-[\w-]{30,})()/g,
  },
  { hint: TOKEN_HINT, pattern: /()()(\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\bAIza[\w-]{35})()/g },
  {
    hint: TOKEN_HINT,
    pattern: /()()(\b[sr]k[_-](?:live|test|proj|ant)[_-][\w-]{16,}|\bxox[abprs]-[\w-]{10,})()/g,
  },
  { hint: 'eyJ', pattern: /()()(\beyJ[\w-]{8,500}\.eyJ[\w-]{8,4000}\.[\w-]{8,})()/g },
  {
    hint: '://',
    // A password that is only the name of a variable tells nothing.
    pattern: /()(\b[a-z][a-z0-9+.-]{0,30}:\/\/[^\s:/@]{0,100}:)(?!\$+\{?[A-Z_]\w{0,100}\}?@)([^\s/@]{1,500})(@)/gi,
  },
  { hint: /bearer/i, pattern: /()(\bbearer\s{1,20})([\w.~+/-]{6,}=*)()/gi },
  {
    hint: '-',
    pattern: /()(--?(?:password|passwd|token|secret|api-?key|access-?key)[= ])("[^"]*"|'[^']*'|\S+)()/gi,
  },
  { hint: '=', pattern: /\b([\w-]{1,100})(=)("[^"]*"|'[^']*'|[^\s"']+)()/g },
  { hint: '${', pattern: /(?<=\$\{)(\w{1,100})(:?-)(?!\$)([^{}]{1,500})(\})/g },
];

type Variables = Readonly<Record<string, string | undefined>>;

/** Takes secrets out of a text. */
export type Redact = (text: string) => string;

/**
 * Masks `values` wherever they turn up, and besides what is written as a secret: `NAME=value` and `${NAME:-value}` with
 * such a name, `--password value`, `user:password@` in a URL, a bearer token, a token of a known shape.
 */
export function redactor(values: Iterable<string>): Redact {
  // Longest first, so that a secret that contains another one is masked whole.
  const all = [...new Set([...values].flatMap(formsOf))].sort((one, other) => other.length - one.length);
  return (text) =>
    replaceWritten(
      all.reduce((rest, value) => rest.replaceAll(value, MASK), text),
      () => MASK,
    );
}

/** What in a text is written as a secret. */
export function writtenSecrets(text: string): readonly string[] {
  const found: string[] = [];
  replaceWritten(text, (secret) => {
    found.push(secret.replace(/^(["'])(.*)\1$/, '$2'));
    return secret;
  });
  // One that only names a variable tells nothing.
  return found.filter((secret) => !secret.startsWith('$'));
}

/** Puts something else in place of all that is written as a secret. */
function replaceWritten(text: string, replace: (secret: string) => string): string {
  return WRITTEN.reduce((rest, { hint, pattern }) => {
    if (!(typeof hint === 'string' ? rest.includes(hint) : hint.test(rest))) return rest;
    return rest.replace(pattern, (whole: string, name: string, before: string, secret: string, after: string) =>
      name === '' || isSecretName(name) ? `${name}${before}${replace(secret)}${after}` : whole,
    );
  }, text);
}

/** The values of variables whose names say that they are secret, and what is written as a secret in all others. */
export function secretValues(variables: Variables): readonly string[] {
  return [...namedSecrets(variables), ...Object.values(variables).flatMap((value) => writtenSecrets(value ?? ''))];
}

/** The values of variables whose names say that they are secret. */
export function namedSecrets(variables: Variables): readonly string[] {
  return Object.entries(variables).flatMap(([name, value = '']) => (isSecretName(name) ? [value] : []));
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
  return text.isWellFormed() ? encodeURIComponent(text) : text;
}
