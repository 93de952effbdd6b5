/** The config decides which names are free; what is above the plan learns it here. */
export { RESERVED_NAMES, RESERVED_TASK_NAMES, SERVICE_ACTIONS } from '../config/reserved-names.ts';
