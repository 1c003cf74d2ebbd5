/** The gallery of starting worlds. */
export { GalleryDialog } from "./GalleryDialog.tsx";
