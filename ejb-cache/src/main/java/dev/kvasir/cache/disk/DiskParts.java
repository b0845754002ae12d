package dev.kvasir.cache.disk;

import dev.kvasir.cache.Ticker;

/**
 * What a disk tier is made of.
 *
 * @param files where blocks lie
 * @param format of these files
 * @param rules of what may lie there
 * @param ticker for ages, and for limits of log lines
 */
record DiskParts(FileStore files, BlockFile format, DiskRules rules, Ticker ticker) {}
