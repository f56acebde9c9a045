import { spawn } from 'node:child_process';

export interface BlobReader {
  /** Bytes of a blob, or undefined when there is no blob of that name. */
  read(oid: string): Promise<Buffer | undefined>;
  close(): void;
}

/** One long-lived `git cat-file --batch`: a hundred files are a hundred lines on a pipe, not a hundred processes. */
export function openBlobReader(gitDir: string): BlobReader {
  const child = spawn('git', ['--git-dir', gitDir, 'cat-file', '--batch'], { stdio: ['pipe', 'pipe', 'ignore'] });
  const waiting: ((bytes: Buffer | undefined) => void)[] = [];
  let chunks: Buffer[] = [];
  let have = 0;
  let need = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    have += chunk.length;
    if (have >= need) drain();
  });
  child.stdin.on('error', () => {});
  const giveUp = (): void => {
    for (const done of waiting.splice(0)) done(undefined);
  };
  child.on('close', giveUp);
  // git that cannot be started reads nothing.
  child.on('error', giveUp);

  function drain(): void {
    let buffer = Buffer.concat(chunks);
    while (buffer.length > 0) {
      const end = buffer.indexOf(10);
      if (end < 0) break;
      const [, type = 'missing', size = '0'] = buffer.subarray(0, end).toString('utf8').split(' ');
      const missing = type === 'missing';
      const total = missing ? end + 1 : end + 1 + Number(size) + 1;
      if (buffer.length < total) {
        need = total;
        break;
      }
      need = 0;
      waiting.shift()?.(type !== 'blob' ? undefined : Buffer.from(buffer.subarray(end + 1, total - 1)));
      buffer = buffer.subarray(total);
    }
    chunks = [buffer];
    have = buffer.length;
  }

  return {
    read(oid) {
      if (!/^[0-9a-f]{40}$/.test(oid)) return Promise.resolve(undefined);
      return new Promise((resolve) => {
        waiting.push(resolve);
        child.stdin.write(`${oid}\n`);
      });
    },
    close() {
      child.stdin.end();
      child.kill();
    },
  };
}

/** GitHub calls a blob binary when its first 8,000 bytes hold a zero, as git does. */
export const isBinary = (bytes: Buffer): boolean => bytes.subarray(0, 8000).includes(0);
