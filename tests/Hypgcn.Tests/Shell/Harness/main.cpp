// Runs packets through the verilated shell with the C driver and prints what happened, a line a fact.
//   shell PACKETS HASH STALL GAP POLL HOLES
// Phase 0: all packets after aresetn. Phase 1: a packet is interrupted by a reset that discards its rest, then all
// packets. Phase 2: a packet is interrupted by a reset and given up by the sender, then all packets.
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "access.h"
#include "hypgcn.h"
#include "shell.h"

namespace {

constexpr int64_t kCycleLimit = 2000000;
Shell* shell = nullptr;

std::vector<std::vector<int>> read_packets(const std::string& path) {
  std::ifstream file(path);
  std::vector<std::vector<int>> packets;
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    std::vector<int> packet;
    for (int value; words >> value;) packet.push_back(value);
    packets.push_back(packet);
  }
  return packets;
}

// With holes, beats hold any of their values, or none, or half of one, which does not count.
void append(std::deque<Beat>& beats, const std::vector<int>& packet, bool holes) {
  constexpr uint64_t mask = (1ull << (8 * VALUE_BYTES)) - 1;
  constexpr uint32_t whole = (1u << VALUE_BYTES) - 1;
  size_t next = 0;
  do {
    Beat beat;
    for (int slot = 0; slot < BEAT_VALUES; ++slot) {
      const int choice = holes ? std::rand() % 4 : 0;
      if (choice == 1 || choice == 2 || next == packet.size()) {
        beat.data |= (0x5A5Aull & mask) << (8 * VALUE_BYTES * slot);
        if (choice == 2 && VALUE_BYTES > 1) beat.keep |= 1u << (VALUE_BYTES * slot);
        continue;
      }
      beat.data |= (static_cast<uint64_t>(packet[next++]) & mask) << (8 * VALUE_BYTES * slot);
      beat.keep |= whole << (VALUE_BYTES * slot);
    }
    beat.last = next == packet.size();
    beats.push_back(beat);
  } while (next < packet.size());
}

void report(int phase, const hypgcn_device& device, const hypgcn_info& info) {
  hypgcn_hold(&device, 1);
  const hypgcn_counts counts = hypgcn_read_counts(&device);
  std::printf("counts %d %llu %u %u %u %u %u\n", phase, static_cast<unsigned long long>(counts.cycles), counts.clips,
              counts.results, counts.short_clips, counts.long_clips, counts.first_bad_clip);
  std::printf("status %d %u\n", phase, hypgcn_status(&device));
  for (int stage = 0; stage < info.stages; ++stage) {
    const hypgcn_stage_cycles cycles = hypgcn_stage(&device, stage);
    std::printf("stage %d %u %u\n", phase, cycles.busy, cycles.blocked);
  }
  for (int fifo = 0; fifo < info.fifos; ++fifo) std::printf("dropped %d %u\n", phase, hypgcn_dropped_words(&device, fifo));
  const hypgcn_counts later = hypgcn_read_counts(&device);
  if (later.cycles != counts.cycles) std::printf("fail cycles go on while held\n");
  hypgcn_clear_status(&device, HYPGCN_STATUS_SHORT_CLIP | HYPGCN_STATUS_LONG_CLIP | HYPGCN_STATUS_DROPPED_WORDS);
  std::printf("cleared %d %u\n", phase, hypgcn_status(&device));
  hypgcn_hold(&device, 0);
}

void run(int phase, size_t logits, const hypgcn_device& device, const hypgcn_info& info, bool poll) {
  while (shell->logits.size() < logits && shell->cycle() < kCycleLimit) {
    if (poll) hypgcn_status(&device);
    else shell->step();
  }
  // Anything too many would come now.
  for (int i = 0; i < 2000; ++i) shell->step();
  for (const Logit& logit : shell->logits) {
    std::printf("logit %d %lld %lld %d\n", phase, static_cast<long long>(logit.cycle), static_cast<long long>(logit.value), logit.last);
  }
  for (size_t i = 0; i < shell->last.size(); ++i) {
    std::printf("packet %d %lld %lld\n", phase, static_cast<long long>(shell->first[i]), static_cast<long long>(shell->last[i]));
  }
  report(phase, device, info);
  shell->logits.clear();
  shell->first.clear();
  shell->last.clear();
}

}  // namespace

uint32_t bus_read(volatile void*, uint32_t offset) { return shell->read(offset); }
void bus_write(volatile void*, uint32_t offset, uint32_t value) { shell->write(offset, value); }

int main(int argc, char** argv) {
  if (argc != 7) return 2;
  const auto packets = read_packets(argv[1]);
  const uint64_t hash = std::strtoull(argv[2], nullptr, 16);
  const bool poll = std::atoi(argv[5]) != 0;
  const bool holes = std::atoi(argv[6]) != 0;
  Shell streams(std::strtoull(argv[3], nullptr, 10), std::atoll(argv[4]));
  shell = &streams;
  const auto send = [&] {
    for (const auto& packet : packets) append(streams.beats, packet, holes);
  };

  streams.power_up();
  hypgcn_device device;
  hypgcn_info info;
  // The streams stand still until the first packet is there, so that its cycle 0 is that of the prediction.
  send();
  std::printf("open %d %d\n", hypgcn_open(&device, nullptr, hash), hypgcn_open(&device, nullptr, hash ^ 1));
  info = hypgcn_read_info(&device);
  std::printf("info %llx %u %u %d %d %d %d %d %d\n", static_cast<unsigned long long>(info.hash), info.clip_values, info.classes,
              info.value_bits, info.value_fraction, info.logit_bits, info.logit_fraction, info.stages, info.fifos);
  const size_t logits = packets.size() * info.classes;
  run(0, logits, device, info, poll);

  for (int phase = 1; phase <= 2; ++phase) {
    const bool discard = phase == 1;
    append(streams.beats, packets[0], holes);
    const size_t all = streams.beats.size();
    while (streams.beats.size() > all - all / 2) streams.step();
    if ((hypgcn_status(&device) & HYPGCN_STATUS_CLIP_OPEN) == 0) std::printf("fail no clip is open\n");
    if (!discard) streams.give_up();
    std::printf("reset %d\n", hypgcn_reset(&device, discard));
    streams.logits.clear();
    streams.first.clear();
    streams.last.clear();
    send();
    run(phase, logits, device, info, poll);
  }
  return streams.failed ? 1 : 0;
}
