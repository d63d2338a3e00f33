import { createHash } from 'node:crypto';
import { Transform } from 'node:stream';

/** Lets bytes through and says afterwards how many they were, and their SHA-256. */
export class Measure extends Transform {
  bytes = 0;
  private readonly hash = createHash('sha256');
  private digest: string | null = null;

  override _transform(chunk: Buffer, _encoding: string, done: (error: null, chunk: Buffer) => void): void {
    this.bytes += chunk.length;
    this.hash.update(chunk);
    done(null, chunk);
  }

  get sha256(): string {
    this.digest ??= this.hash.digest('hex');
    return this.digest;
  }
}
