/** The files of containers and volumes. */
export {
  type FileError, type Files, isDirectory, listDirectory, makeDirectory, type Mount, pathExists, readFile, removePath, resolvePath, type VolumeFiles, writeFile,
} from "./files.ts";
