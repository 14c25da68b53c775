import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** A process, told apart from those of other machines and other containers. */
export interface Process {
  readonly host: string;
  /** The boot and the space in which process numbers mean anything; empty where the system does not say. */
  readonly space: string;
  readonly pid: number;
}

export function thisProcess(): Process {
  return { host: hostname(), space: processSpace(), pid: process.pid };
}

/** Whether it may still be there. Of another machine's process nobody here can say that it is not. */
export function isAlive({ host, space, pid }: Process): boolean {
  if (space === '' || host !== hostname() || space !== processSpace()) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

function processSpace(): string {
  try {
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return '';
  }
}
