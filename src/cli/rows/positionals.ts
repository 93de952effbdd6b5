/** What may stand behind a command's name besides options. */
export interface PositionalSpec {
  readonly label: string;
  readonly kind:
    | 'service'
    | 'task'
    | 'step'
    | 'port'
    | 'command'
    | 'setting'
    | 'shell'
    | 'backup'
    | 'format'
    | 'action';
  readonly count: 'optional' | 'exactly-one' | 'any-number';
  /** How help shows all of them. */
  readonly usage: string;
  /** Whether what stands behind `--` is handed on as it is, instead of being one of them. */
  readonly handsOn: boolean;
}

export const SERVICE_NAMES = positional('any-number', 'service', { label: 'NAME', usage: '[NAME…]' });
export const SERVICE_NAME = positional('optional', 'service', { label: 'NAME', usage: '[NAME]' });
export const PORT_NUMBER = positional('exactly-one', 'port', { label: 'PORT', usage: 'PORT' });
export const COMMAND_NAME = positional('optional', 'command', { label: 'COMMAND', usage: '[COMMAND]' });
export const SHELL_NAME = positional('exactly-one', 'shell', { label: 'SHELL', usage: 'SHELL' });
export const BACKUP_DATE = positional('optional', 'backup', { label: 'DATE', usage: '[DATE]' });
export const EXPORT_FORMAT = positional('optional', 'format', { label: 'FORMAT', usage: '[FORMAT]' });
export const SETTING_WORDS = positional('any-number', 'setting', { label: 'KEY', usage: '[get|set KEY …]' });
export const HOOK_ACTION = positional('optional', 'action', { label: 'test', usage: '[test]' });
export const MCP_WORDS = positional('any-number', 'action', { label: 'install', usage: '[install]' });
export const STEP_NAMES = positional('any-number', 'step', { label: 'STEP', usage: '[STEP…]' });
export const TASK_NAME: PositionalSpec = {
  ...positional('exactly-one', 'task', { label: 'TASK', usage: 'TASK [-- ARGS]' }),
  handsOn: true,
};

function positional(
  count: PositionalSpec['count'],
  kind: PositionalSpec['kind'],
  words: Pick<PositionalSpec, 'label' | 'usage'>,
): PositionalSpec {
  return { ...words, kind, count, handsOn: false };
}
