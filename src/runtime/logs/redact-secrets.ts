/** What stands in place of a secret. */
const MASK = '***';
/** A shorter value is no secret, and masking it would garble ordinary words. */
const SHORTEST_SECRET = 6;

const SECRET_WORDS = [
  ...['PASS(?:WORD|WD|PHRASE)?', 'SECRET', 'TOKEN', 'CREDENTIALS?', 'PWD', 'DSN', 'KEY'],
  '(?:API|ACCESS|PRIVATE|SIGNING|ENCRYPTION|SECRET|AUTH)[_-]?KEY',
];
const SECRET_NAME = new RegExp(`(?:^|[_-])(?:${SECRET_WORDS.join('|')})(?:$|[_-])`, 'i');
const NOT_SECRET = /^(?:PWD|OLDPWD)$/;

/** Takes secrets out of a text before it is kept. */
export type Redact = (text: string) => string;

/**
 * Masks the values of variables whose names say that they are secret, wherever they turn up, and besides what is
 * written as a secret: `NAME=value` with such a name, `--password value`, `user:password@` in a URL, a bearer token.
 */
export function redactSecrets(environment: Readonly<Record<string, string>>): Redact {
  const values = secretValues(environment);
  return (text) => {
    const masked = values.reduce((rest, value) => rest.replaceAll(value, MASK), text);
    return masked
      .replace(/\b([a-z][a-z0-9+.-]*:\/\/[^\s:/@]*):[^\s/@]+@/gi, `$1:${MASK}@`)
      .replace(/\b(bearer\s+)[\w.~+/-]{6,}=*/gi, `$1${MASK}`)
      .replace(/(--?(?:password|passwd|token|secret|api-?key|access-?key)[= ])\S+/gi, `$1${MASK}`)
      .replace(/\b([\w-]+)=("[^"]*"|'[^']*'|[^\s"']+)/g, (whole: string, name: string) =>
        isSecretName(name) ? `${name}=${MASK}` : whole,
      );
  };
}

/** Longest first, so that a secret that contains another one is masked whole. */
function secretValues(environment: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(environment)
    .filter(([name, value]) => isSecretName(name) && value.length >= SHORTEST_SECRET)
    .map(([, value]) => value)
    .sort((one, other) => other.length - one.length);
}

function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name) && !NOT_SECRET.test(name);
}
