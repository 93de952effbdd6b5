/** What a pattern has for any duration that is told to people, however slow the machine was. */
export const DURATION = '\\d+(?:\\.\\d)?(?: ms| s|m \\d+s|h \\d+m|d \\d+h)';
