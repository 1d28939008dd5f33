// The text of a file that a person chose or dropped. It is read here and handed on; nothing is opened by path.

/** Largest file read, in bytes (4 MiB): the home imports no more at once. */
export const FILE_LIMIT = 4 * 1024 * 1024

/** A file's text, by its own mark, else as UTF-8, else as what spreadsheets write. Rejects with a sentence. */
export async function readFile(file: File): Promise<string> {
  if (file.size > FILE_LIMIT) throw new Error(`${file.name} is larger than 4 MB. Choose a CSV or vCard file of people only, or import it in parts.`)
  const buffer = await new Promise<ArrayBuffer>((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(reader.result as ArrayBuffer)
    reader.onerror = () => reject(new Error(`${file.name} could not be read. Paste its text instead.`))
    reader.readAsArrayBuffer(file)
  })
  return decoded(new Uint8Array(buffer))
}

/** Bytes as text. */
export function decoded(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}
