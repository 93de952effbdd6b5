/** Whether a process can be asked to end and has its time for it; Windows can only end it. */
export const canAskToEnd = process.platform !== 'win32';
