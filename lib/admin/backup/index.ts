export { formatBackup, parseBackup, type Backup } from './backup';
export { BACKUP_PARTS, type BackupPart } from './desired';
export { exportCluster, type Exported, type ExportOptions } from './export';
export { restoreCluster, type RestoreOptions, type RestoreReport } from './restore';
