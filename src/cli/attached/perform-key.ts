import { requestStart } from '../../runtime/client/client.ts';
import { showReport } from '../commands/status-report.ts';
import { openUrl } from '../commands/url.ts';
import type { CommandContext } from '../context/command-context.ts';
import { choiceHint, forceOf, interpretKey, type KeyAction, type KeyMode } from './key-bindings.ts';
import type { KeyListener } from './lone-keys.ts';

export interface Keys {
  /** Names of the services that are watched. */
  readonly shown: readonly string[];
  /** What the keys do. */
  readonly hint: string;
  detach(): void;
  stop(): void;
  /** The full screen has the terminal from now on. */
  showTop(): void;
}

const STATUS = { kind: 'status', detail: 'table', resources: 'hidden', mode: 'once' } as const;

/** Does what the keys ask for, one after the other; what is no key is answered with what the keys are. */
export function keyPerformer(keys: Keys, context: CommandContext): KeyListener {
  let mode: KeyMode = 'watching';
  const meaning = (key: string): KeyAction => interpretKey(key, mode, keys.shown);
  return {
    forceOf: (key) => forceOf(key, meaning(key)),
    onKey(key) {
      const action = meaning(key);
      mode = action.kind === 'choose' ? 'choosing' : 'watching';
      perform(action, keys, context);
    },
    onText() {
      mode = 'watching';
      perform({ kind: 'help' }, keys, context);
    },
  };
}

function perform(action: KeyAction, keys: Keys, context: CommandContext): void {
  const { shown, hint } = keys;
  const { screen } = context;
  switch (action.kind) {
    case 'restart':
      restart(action.names, context);
      break;
    case 'choose':
      screen.note(`restart which? ${choiceHint(shown)}`);
      break;
    case 'status':
      void showReport({ ...STATUS, names: shown }, context);
      break;
    case 'open':
      void openUrl({ kind: 'open', name: null }, context);
      break;
    case 'detach':
      keys.detach();
      break;
    case 'stop':
      keys.stop();
      break;
    case 'top':
      keys.showTop();
      break;
    case 'help':
      screen.note(screen.paintNote('dim', hint));
      break;
    case 'nothing':
      break;
  }
}

/** What becomes of it is told by the events that are followed anyway. */
function restart(names: readonly string[], { checkout, screen }: CommandContext): void {
  screen.note(`restarting ${names.join(', ')}`);
  const request = { names, mode: 'restart', askedAt: Date.now(), ports: {}, timeoutMs: null } as const;
  void requestStart(checkout, request, () => undefined);
}
