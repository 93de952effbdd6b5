import { parseEnvText } from '../../config/parse-env-text.ts';

/** What examples write where a person is to write something of their own. */
const PLACEHOLDERS = [
  /^<.*>$/,
  /^\[.*\]$/,
  /^x{3,}$/i,
  /^\.{3}$/,
  /^(change|replace|fill|set|insert|add|enter|put)[\s_-]?(me|this|it|in|your)\b/i,
  /^(changeme|replaceme|todo|tbd|fixme)$/i,
  /^your[\s_-]/i,
  /[_-](here|goes[_-]here)$/i,
  /\b(your|my)[_-].*[_-](key|secret|token|id|password)\b/i,
  /^(sk|pk)[-_](\.{3}|x{3,}|your.*)$/i,
];

/**
 * The variables of an env file that are empty, or hold what only stands for a value; each once, in their order. Pure.
 */
export function blankVariables(text: string): readonly string[] {
  // A later assignment of the same name counts.
  const values = new Map(parseEnvText(text).map(({ name, template }) => [name, template.trim()]));
  return [...values].filter(([, value]) => isBlank(value)).map(([name]) => name);
}

function isBlank(value: string): boolean {
  return value === '' || PLACEHOLDERS.some((pattern) => pattern.test(value));
}
