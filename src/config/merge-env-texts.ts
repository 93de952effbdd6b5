import { parseEnvText } from './parse-env-text.ts';

/** Those of the project's root, the latter winning. They need not exist. */
export const ROOT_ENV_FILES = ['.env', '.env.local'];

/**
 * What these texts of env files set together, later ones winning: templates for `expandKnownVariables`. `null`: there
 * is no such file.
 */
export function mergeEnvTexts(texts: readonly (string | null)[]): Readonly<Record<string, string>> {
  const assignments = texts.flatMap((text) => (text === null ? [] : parseEnvText(text)));
  return Object.fromEntries(assignments.map(({ name, template }) => [name, template]));
}

/** The variables that an env file sets, in its order; `null`: there is no such file. */
export function namesInEnvText(text: string | null): readonly string[] | null {
  return text === null ? null : parseEnvText(text).map(({ name }) => name);
}
