const EXAMPLE = /^(?:examples?|samples?|template|tmpl|tpl|dist|default)$/i;
/** Not for a developer's machine. */
const ELSEWHERE = /^(?:test|testing|e2e|ci|prod|production|staging|docker)$/i;
/** Programs and documents that are called so. */
const OTHER_KIND = /\.(?:[cm]?[jt]sx?|py|rb|sh|md|json|ya?ml)$/;

/**
 * The env file that developers make from one of this name: `.env.local.example` → `.env.local`, `sample.env` → `.env`,
 * `env-example-postgres` → `.env.postgres`; `undefined`: the file is no example of one.
 */
export function exampleOf(name: string): string | undefined {
  const words = name.split(/[._-]/).filter((word) => word !== '');
  const rest = words.filter((word) => !EXAMPLE.test(word)).map((word) => word.replace(/^dotenv$/i, 'env'));
  const isExample = rest.length < words.length && rest.some((word) => /^env$/i.test(word));
  if (!isExample || OTHER_KIND.test(name) || rest.some((word) => ELSEWHERE.test(word))) return undefined;
  return `.${rest.join('.')}`;
}
