/** Whether a look at all processes takes so long (half a second on Windows) that nothing may be watched by it. */
export const isLookDear = process.platform === 'win32';
