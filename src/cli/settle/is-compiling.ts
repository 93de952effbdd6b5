const BEGUN = /\b(?:compil|bundl|build|rebuild)ing\b|\bstarting\b.*\bcompilation\b/i;
/** Some say nothing of the end, only of what comes after it. */
const DONE =
  /\b(?:compiled|bundled|built|rebuilt|ready|done|finished|failed|running|listening)\b|\bfound \d+ errors?\b/i;

/** Whether the last that a bundler or compiler has said of its work is that it has begun. */
export function isCompiling(lines: readonly string[]): boolean {
  const begun = lines.findLastIndex((line) => BEGUN.test(line) && !DONE.test(line));
  return begun > lines.findLastIndex((line) => DONE.test(line));
}
