import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { must } from './command';

/** A disk: a file system in a file, seen by a machine as a block device. */
export class Volume {
  #device: string | undefined;

  private constructor(private readonly image: string) {}

  /** A new one with an empty ext4. */
  static make(folder: string, name: string, megabytes = 1024): Volume {
    const volume = Volume.blank(folder, name, megabytes);
    must('mkfs.ext4', ['-q', volume.image]);
    return volume;
  }

  /** A new one with nothing on it, as clouds hand them out. */
  static blank(folder: string, name: string, megabytes = 1024): Volume {
    const image = join(folder, `${name}.img`);
    must('truncate', ['--size', `${megabytes}M`, image]);
    return new Volume(image);
  }

  /** The block device; the same until it is detached. */
  attach(): string {
    this.#device ??= must('losetup', ['--find', '--show', this.image]).trim();
    return this.#device;
  }

  /** Takes the place of another, under the block device of that. */
  attachInstead(other: Volume): void {
    const device = other.attach();
    other.detach();
    must('losetup', [device, this.image]);
    this.#device = device;
  }

  detach(): void {
    if (this.#device !== undefined) spawnSync('losetup', ['--detach', this.#device]);
    this.#device = undefined;
  }
}
