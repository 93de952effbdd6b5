// What devgen asks of no command: messages to and from it, to write into the next one, to be a stream itself, to tell what it does.
export const addConvertedStreams = () => undefined;
export const addIpcMethods = () => undefined;
export const getBufferedIpcOutput = () => [];
export const getVerboseInfo = () => ({});
export const isFullVerbose = () => false;
export const isTemplateString = () => false;
export const logCommand = () => undefined;
export const logLines = async () => undefined;
export const logResult = () => undefined;
export const normalizeIpcStdioArray = (stdio) => stdio;
export const parseTemplates = () => [];
export const pipeToSubprocess = () => undefined;
export const sendAbort = async () => undefined;
export const sendIpcInput = async () => undefined;
export const shouldLogOutput = () => false;
export const validateIpcInputOption = () => undefined;
export const waitForIpcOutput = async () => [];
