/**
 * How Node runs a supervisor. It works for a moment and is at rest for hours, so that what V8 would optimize is hardly
 * ever run again: without that a start of 50 services takes a quarter less of all processors. With a young generation
 * of at most 1 MB, which one thread collects, it keeps half as much memory.
 */
export const SUPERVISOR_OPTIONS = ['--no-opt', '--max-semi-space-size=1', '--single-threaded-gc'];
