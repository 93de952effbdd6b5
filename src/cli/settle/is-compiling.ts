const BEGUN = /\b(?:compil|bundl|build|rebuild)ing\b|\bstarting\b.*\bcompilation\b/i;
/** Some say nothing of the end, only of what comes after it. */
const DONE =
  /\b(?:compiled|bundled|built|rebuilt|ready|done|finished|failed|running|listening)\b|\bfound \d+ errors?\b/i;

/** What a line says of the work of a bundler or compiler. */
export function compilingWord(line: string): 'begun' | 'done' | null {
  if (DONE.test(line)) return 'done';
  return BEGUN.test(line) ? 'begun' : null;
}
