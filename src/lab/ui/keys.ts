/** The key that goes with letters for commands on this machine, as it is printed on it. */
export const COMMAND_KEY = /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘" : "Ctrl ";
