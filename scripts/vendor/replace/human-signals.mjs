// execa describes a signal in a message that devgen does not show.
import { constants } from 'node:os';

export const signalsByName = Object.fromEntries(
  Object.keys(constants.signals).map((name) => [name, { description: name }]),
);
