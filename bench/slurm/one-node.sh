#!/usr/bin/env bash
# A Slurm cluster of one node, made for this run alone: submits the array job of docs/scale.md, merges
# its shards and compares with the run in one piece, byte for byte. As root, with Debian's
# slurm-wlm and munge; nothing outside a temporary folder is changed.
#
#   bench/slurm/one-node.sh [words of a run of `check`]
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
words=("$@")
[ "${#words[@]}" -gt 0 ] || words=(mutate models/classics/peterson.tw --min-score 0)

for program in munged slurmctld slurmd sbatch squeue; do
  command -v "$program" >/dev/null || PATH=$PATH:/usr/sbin
  command -v "$program" >/dev/null || { echo "$program is missing: apt-get install slurm-wlm munge" >&2; exit 69; }
done
[ "$(id -u)" -eq 0 ] || { echo "daemons of Slurm are started as root" >&2; exit 69; }

scratch=$(mktemp -d)
chmod 755 "$scratch"
mkdir "$scratch/state" "$scratch/spool" "$scratch/munge"
host=$(hostname -s)
started=()
stop() {
  for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$scratch"
}
trap stop EXIT

head -c 1024 /dev/urandom >"$scratch/munge/key"
chmod 700 "$scratch/munge"
chmod 600 "$scratch/munge/key"
cat >"$scratch/slurm.conf" <<CONF
ClusterName=one
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$scratch/munge.socket
CredType=cred/munge
SlurmctldPort=16817
SlurmdPort=16818
StateSaveLocation=$scratch/state
SlurmdSpoolDir=$scratch/spool
SlurmctldPidFile=$scratch/slurmctld.pid
SlurmdPidFile=$scratch/slurmd.pid
SlurmctldLogFile=$scratch/slurmctld.log
SlurmdLogFile=$scratch/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
MpiDefault=none
ReturnToService=2
NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc) State=UNKNOWN
PartitionName=all Nodes=$host Default=YES MaxTime=INFINITE State=UP
CONF
export SLURM_CONF=$scratch/slurm.conf

munged --foreground --force --key-file="$scratch/munge/key" --socket="$scratch/munge.socket" \
  --pid-file="$scratch/munge/pid" --seed-file="$scratch/munge/seed" >"$scratch/munged.log" 2>&1 &
started+=($!)
until [ -S "$scratch/munge.socket" ]; do sleep 0.2; done
slurmctld -D >"$scratch/ctld.out" 2>&1 &
started+=($!)
slurmd -D -N "$host" >"$scratch/slurmd.out" 2>&1 &
started+=($!)
for _ in $(seq 100); do
  sinfo -h -o %T 2>/dev/null | grep -q idle && break
  sleep 0.3
done
sinfo

cd "$root"
parts=$scratch/parts
sed "s|--out parts|--out $parts|" bench/slurm/shards.sbatch >"$scratch/shards.sbatch"
sbatch --wait --output="$scratch/%A_%a.out" "$scratch/shards.sbatch" "${words[@]}" || {
  cat "$scratch"/*_*.out "$scratch/slurmd.log" >&2
  exit 1
}
ls "$parts"
whole=0
npx check "${words[@]}" --quiet --json >"$scratch/whole.json" || whole=$?
merged=0
options=()
for ((at = 0; at < ${#words[@]}; at += 1)); do
  [ "${words[at]}" = --min-score ] && options=(--min-score "${words[at + 1]}")
done
npx check merge "$parts" --json "${options[@]}" >"$scratch/merged.json" || merged=$?
# Of results, the time of a search is the only field that varies from run to run.
sed -E -i 's/"seconds": ?[0-9.e-]+/"seconds": 0/' "$scratch/whole.json" "$scratch/merged.json"
cmp "$scratch/whole.json" "$scratch/merged.json"
[ "$whole" -eq "$merged" ] || { echo "exit codes differ: $whole, $merged" >&2; exit 1; }
wc -c "$scratch/merged.json"
echo "the merge of $(ls "$parts" | wc -l) shards is the report of the run in one piece, exit $merged"
