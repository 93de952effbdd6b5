import { createInterface } from 'node:readline/promises';
import { cleanText } from '../../base/clean-text.ts';

/**
 * Asks a question on the terminal; the answer is trimmed and in lower case, empty when the user just pressed Enter or
 * closed the input. Ask only where `Screen.canAsk`.
 */
export async function ask(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const closed = new Promise<string>((resolve) => terminal.once('close', () => resolve('')));
    const answer = await Promise.race([terminal.question(`${cleanText(question, 'styled')} `), closed]);
    return answer.trim().toLowerCase();
  } finally {
    terminal.close();
  }
}
