import { cleanText } from '../../base/clean-text.ts';

/** Words that programs use when something went wrong. */
const COMPLAINTS: readonly RegExp[] = [
  /\b(?:error|fatal|panic|critical|exception|traceback|unhandled|uncaught|segfault|segmentation fault)\b/i,
  // `TypeError:`, `SQLAlchemyError`, `NullPointerException`
  /\b[A-Z]\w*(?:Error|Exception)\b/,
  // `EADDRINUSE`, `ENOENT` and their like, as Node prints them
  /\bE(?:ACCES|ADDRINUSE|CONNREFUSED|CONNRESET|EXIST|MFILE|NOENT|NOSPC|PERM|PIPE|TIMEDOUT|AI_AGAIN|NOTFOUND)\b/,
  /\b(?:failed|failure|cannot|could not|not found|command not found|permission denied)\b/i,
  /\bERR!/,
  // The status in an access log: `"GET /x HTTP/1.1" 500` or `GET /x 500 in 12ms`
  /(?:HTTP\/[\d.]+"?|\b(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) \S+) 5\d\d\b/,
];

/** Lines that use such a word to say that all is well. */
const REASSURANCES: readonly RegExp[] = [
  /\b(?:0|no|without|zero) (?:errors?|failures?|failed|exceptions?)\b/i,
  /\b(?:errors?|failures?|failed)["']?\s*[:=]\s*(?:0|null|none|false|undefined)\b/i,
];

/** Whether a line of a server's output reports that something went wrong: a guess, as good as a reader's glance. */
export function isErrorLine(text: string): boolean {
  const plain = cleanText(text, 'plain');
  const rest = REASSURANCES.reduce((line, reassurance) => line.replace(reassurance, ''), plain);
  return COMPLAINTS.some((complaint) => complaint.test(rest));
}
