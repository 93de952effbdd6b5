import type { Diagnostic } from '../../base/diagnostic.ts';
import { err, type Result } from '../../base/result.ts';
import { configSchema } from '../../config/config.ts';
import { commentBehind } from '../../config/edit/comment-behind.ts';
import { type EditRefusal, hasValue, setValue } from '../../config/edit/set-value.ts';
import { valuesOfWord } from '../../config/edit/values-of-word.ts';
import { readEnvFiles } from '../../config/env-files.ts';
import { type ConfigFile, findConfigIn, notFound } from '../../config/find-config.ts';
import { knownKeys } from '../../config/known-keys.ts';
import { loadConfigFile } from '../../config/load-config.ts';
import { compilePlan } from '../../plan/compile-plan.ts';
import type { SetSettingCommand } from '../commands/config.ts';
import type { CommandContext } from '../context/command-context.ts';
import { complain } from '../output/complain.ts';
import { EXIT, type ExitCode } from '../output/exit-code.ts';
import { printJson } from '../output/print-json.ts';
import { writeConfig } from './write-config.ts';

/** Changes one value in the config file, in place, if the config then still makes sense. */
export async function changeSetting({ key, value }: SetSettingCommand, context: CommandContext): Promise<ExitCode> {
  const { screen, checkout } = context;
  const found = await findConfigIn(checkout.root);
  if (!found.ok) return complain(screen, found.error);
  const file = found.value;
  if (file === undefined) return complain(screen, [notFound(checkout.root)]);
  const text = await changedText(file, key.split('.'), value);
  if (!text.ok) {
    const code = complain(screen, text.error);
    return file.format === 'script' || file.format === 'typescript' ? EXIT.failed : code;
  }
  const tell = (outcome: 'changed' | 'unchanged', sentence: string): void => {
    if (screen.answers === 'json') printJson<'config'>(screen, { key, value, file: file.file, outcome });
    else screen.out(sentence);
  };
  if (text.value === file.text) {
    tell('unchanged', `\`${key}\` is ${value} in ${file.file} already`);
    return EXIT.done;
  }
  const problem = writeConfig(file, text.value);
  if (problem !== undefined) {
    complain(screen, [problem]);
    return EXIT.failed;
  }
  tell('changed', `\`${key}\` is ${value} in ${file.file} now; what runs gets it when it is started again`);
  const comment = commentBehind(text.value, key.split('.'));
  if (comment !== undefined) screen.note(`note: the comment behind it stays, true or not: #${comment}`);
  return EXIT.done;
}

/** The new text, or what would be wrong with it when the word is read in the likeliest way. */
async function changedText(
  file: ConfigFile,
  path: readonly string[],
  word: string,
): Promise<Result<string, readonly Diagnostic[]>> {
  const elsewhere = meantService(file, path);
  if (elsewhere !== undefined) return err([elsewhere]);
  let first: readonly Diagnostic[] = [];
  for (const value of valuesOfWord(word, path)) {
    const text = setValue(file, path, value);
    const problems = text.ok
      ? await problemsOf({ ...file, text: text.value })
      : [explainRefusal(text.error, file, { key: path.join('.'), word })];
    if (text.ok && problems.length === 0) return text;
    if (first.length === 0) first = problems;
  }
  return err(first);
}

/** `ml.command` for `services.ml.command`. */
function meantService(file: ConfigFile, path: readonly string[]): Diagnostic | undefined {
  const [first = ''] = path;
  const sections = ['services', 'tasks'].filter((section) => hasValue(file, [section, first]));
  if (knownKeys(configSchema, []).includes(first) || sections.length === 0) return undefined;
  return {
    code: 'usage/unknown-setting',
    message: `there is no setting \`${path.join('.')}\``,
    hint: `Did you mean \`${[sections[0], ...path].join('.')}\`?`,
  };
}

/** Everything that would stop a start. */
async function problemsOf(file: ConfigFile): Promise<readonly Diagnostic[]> {
  const loaded = await loadConfigFile(file);
  if (!loaded.ok) return loaded.error;
  const env = readEnvFiles(loaded.value);
  const plan = compilePlan(loaded.value, env.files, process.env);
  return [...env.problems, ...(plan.ok ? [] : plan.error)];
}

export function explainRefusal(
  refusal: EditRefusal,
  { file }: ConfigFile,
  { key, word }: { readonly key: string; readonly word: string },
): Diagnostic {
  switch (refusal.reason) {
    case 'script':
      return {
        code: 'config/script',
        message: `\`${file}\` is a program: it cannot be changed from here`,
        hint: `Set \`${key}\` to \`${word}\` there by hand.`,
      };
    case 'no-mapping':
      return {
        code: 'config/no-mapping',
        message: `\`${refusal.path.join('.') || file}\` in ${file} holds no keys that \`${key}\` could be one of`,
        hint: `Change it in ${file} by hand, or set it as a whole: \`{ key: value }\`.`,
      };
    case 'shared': {
      const shared = `\`${refusal.path.join('.')}\` in ${file} is shared`;
      return {
        code: 'config/shared-value',
        message: `${shared}: its anchor or alias would change more than \`${key}\``,
        hint: `Change it in ${file} by hand, or give each a value of its own first.`,
      };
    }
    case 'syntax':
      return { code: 'config/syntax', message: `\`${file}\` cannot be read`, hint: '`config` tells why.' };
  }
}
