import type { SetupNews } from '../../runtime/setup/run-setup.ts';
import type { CommandContext } from '../context/command-context.ts';
import { errorsToJson } from '../output/complain.ts';
import { describeSetup, describeSetupFailure } from '../sentences/describe-setup.ts';
import { showSentence } from '../sentences/show-sentence.ts';

/** Tells on stderr what happens to the setup steps. */
export function setupTeller({ screen, words }: CommandContext): (news: SetupNews) => void {
  return (news) => {
    const said = describeSetup(news, words);
    if (said === null) return;
    const text = news.kind === 'waiting' ? 'setup:' : `setup ${news.step.name}:`;
    screen.note(...showSentence({ text, colour: 'cyan' }, said, screen.paintNote));
  };
}

/** A failed step for a program. */
export function setupErrorToJson({ step, failure }: Extract<SetupNews, { kind: 'failed' }>, context: CommandContext) {
  const { text, details } = describeSetupFailure(failure, step, context.words);
  const hint = details.find((line) => line.startsWith('hint: '))?.slice('hint: '.length);
  const code = `setup/${failure.reason}`;
  return errorsToJson([{ code, message: `${step.name}: ${text}`, ...(hint === undefined ? {} : { hint }) }]);
}
