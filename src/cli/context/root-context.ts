import type { Screen } from '../screen/screen.ts';
import type { Origin } from './create-context.ts';

/** What a command works with that does without the plan. */
export interface RootContext extends Origin {
  readonly screen: Screen;
}
