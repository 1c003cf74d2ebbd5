/** The guide: lessons and what to try. */
export { GuidePanel } from "./GuidePanel.tsx";
