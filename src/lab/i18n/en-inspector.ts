/** English: the inspector. */
export const enInspector = {
  title: "Inspector",
};
