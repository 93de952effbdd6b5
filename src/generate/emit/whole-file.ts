import type { WholeFile } from '../engine/desired-file.ts';

export function textFile(path: string, text: string): WholeFile {
  return { kind: 'file', path, content: Buffer.from(text), executable: false };
}

export function scriptFile(path: string, text: string): WholeFile {
  return { kind: 'file', path, content: Buffer.from(text), executable: true };
}
