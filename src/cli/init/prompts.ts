import { cleanText } from '../../base/clean-text.ts';

/** Questions on a terminal; each gives `undefined` when the user breaks off. */
export interface Prompts {
  /** Any number of the options; Enter takes those that are chosen already. */
  choose<Value extends string>(question: Choice<Value>): Promise<readonly Value[] | undefined>;
  pick<Value extends string>(message: string, options: readonly Option<Value>[]): Promise<Value | undefined>;
  /** A line of text, trimmed; `initial` can be edited; `complain` says what is wrong with it. */
  write(question: Line): Promise<string | undefined>;
  confirm(message: string): Promise<boolean | undefined>;
}

export interface Option<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly hint?: string;
  /** What it belongs to, a heading by which all that belong there are chosen at once; no option's value. */
  readonly group?: string;
}

export interface Choice<Value extends string> {
  readonly message: string;
  readonly options: readonly Option<Value>[];
  readonly initial: readonly Value[];
}

export interface Line {
  readonly message: string;
  readonly initial: string;
  readonly complain: (text: string) => string | undefined;
}

/** Loads the library that draws the questions; only where `Screen.canAsk`. */
export async function openPrompts(): Promise<Prompts> {
  const clack = await import('@clack/prompts');
  const answered = <Value>(answer: Value): Exclude<Value, symbol> | undefined =>
    clack.isCancel(answer) ? undefined : (answer as Exclude<Value, symbol>);
  return {
    choose: async <Value extends string>({ message, options, initial }: Choice<Value>) => {
      const question = { message: cleanText(message, 'styled'), initialValues: [...initial], required: false };
      const groups = grouped(options);
      const answer = await (groups === undefined
        ? clack.multiselect<string>({ ...question, options: options.map(clean) })
        : clack.groupMultiselect<string>({ ...question, options: groups }));
      return answered(answer)?.flatMap((chosen) => options.find(({ value }) => value === chosen)?.value ?? []);
    },
    pick: async <Value extends string>(message: string, options: readonly Option<Value>[]) => {
      const answer = await clack.select<string>({
        message: cleanText(message, 'styled'),
        options: options.map(clean),
      });
      return options.find(({ value }) => value === answer)?.value;
    },
    write: async ({ message, initial, complain }) => {
      const validate = (text = ''): string | undefined => complain(text.trim());
      return answered(
        await clack.text({ message: cleanText(message, 'styled'), initialValue: initial, validate }),
      )?.trim();
    },
    confirm: async (message) => answered(await clack.confirm({ message: cleanText(message, 'styled') })),
  };
}

/** The options below their headings, in the order in which these come first; `undefined`: they have none. */
function grouped(options: readonly Option<string>[]): Record<string, Option<string>[]> | undefined {
  if (options.every(({ group }) => group === undefined)) return undefined;
  const headings = [...new Set(options.map(({ group }) => group))];
  return Object.fromEntries(
    headings.map((heading = '') => [
      cleanText(heading, 'styled'),
      options.filter(({ group = '' }) => group === heading).map(clean),
    ]),
  );
}

/** Its words may be a folder's name. */
function clean({ value, label, hint }: Option<string>): Option<string> {
  return { value, label: cleanText(label, 'styled'), ...(hint !== undefined && { hint: cleanText(hint, 'styled') }) };
}
