import { stringify } from 'yaml';

/** A text as YAML has it on one line, quoted only where it must be. */
export function scalar(value: string): string {
  return stringify(value, { lineWidth: 0, blockQuote: false }).trimEnd();
}

/** A mapping on one line: `{ run: npm install, cwd: web }`. */
export function flow(value: object): string {
  return stringify(value, { collectionStyle: 'flow', lineWidth: 0, blockQuote: false }).trimEnd();
}

/** What can stand behind a `#`. */
export function commentText(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
