import { endedHow } from '../../runtime/sentences/describe-exit.ts';
import { type Sentence, sentence } from '../../runtime/sentences/sentence.ts';
import type { TaskNews } from '../../runtime/tasks/run-task.ts';

/** What happened to a task. */
export function describeTask(news: TaskNews): Sentence {
  switch (news.kind) {
    case 'skipped':
      return sentence('news', 'skipped: its inputs are unchanged (`--force` runs it)');
    case 'running':
      return sentence('news', `running \`${news.command.trim()}\``);
    case 'cwd-missing':
      return sentence('bad', `cannot run: its folder \`${news.cwd}\` does not exist`);
    case 'input-unreadable': {
      const why = news.code === 'EILSEQ' ? 'its name is not UTF-8' : news.code;
      return sentence('bad', `cannot read the input \`${news.file}\`: ${why}`, [
        `hint: \`!${news.file}\` under \`inputs\` takes it out.`,
      ]);
    }
    case 'not-started':
      return sentence('bad', `cannot run \`${news.command.trim()}\`: ${news.detail}`);
    case 'failed':
      return sentence('bad', endedHow('ended', news));
  }
}
