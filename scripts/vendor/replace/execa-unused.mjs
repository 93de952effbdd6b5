// What devgen asks of no command: messages to and from it, to write into the next one, and to be a stream itself.
export const addConvertedStreams = () => undefined;
export const addIpcMethods = () => undefined;
export const getBufferedIpcOutput = () => [];
export const isTemplateString = () => false;
export const normalizeIpcStdioArray = (stdio) => stdio;
export const parseTemplates = () => [];
export const pipeToSubprocess = () => undefined;
export const sendAbort = async () => undefined;
export const sendIpcInput = async () => undefined;
export const validateIpcInputOption = () => undefined;
export const waitForIpcOutput = async () => [];
