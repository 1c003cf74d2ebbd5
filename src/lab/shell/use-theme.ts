import { useEffect } from "react";
import { useView } from "../stores/index.ts";
import { useMedia } from "../ui/index.ts";

/** Puts the theme in force and Present on the page. */
export function useTheme(): void {
  const choice = useView((state) => state.theme);
  const presenting = useView((state) => state.presenting);
  const systemDark = useMedia("(prefers-color-scheme: dark)");
  const theme = choice === "system" ? (systemDark ? "dark" : "light") : choice;
  useEffect(() => { document.documentElement.dataset["theme"] = theme; }, [theme]);
  useEffect(() => { document.documentElement.toggleAttribute("data-presenting", presenting); }, [presenting]);
}
