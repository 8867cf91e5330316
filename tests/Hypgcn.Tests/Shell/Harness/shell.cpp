#include "shell.h"

#include <cstdio>
#include <cstdlib>

namespace {
constexpr int kBusLimit = 1000;
}

Shell::Shell(uint64_t stall_seed, int64_t gap) : pattern_(stall_seed), gap_(gap) {
  context_.randReset(2);
  context_.randSeed(7);
  model_.reset(new Vshell{&context_});
}

void Shell::fail(const std::string& what) {
  std::printf("fail %s\n", what.c_str());
  failed = true;
}

void Shell::power_up() {
  Vshell& ports = *model_;
  ports.aclk = 0;
  ports.aresetn = 0;
  ports.s_axis_tvalid = 0;
  ports.m_axis_tready = 0;
  ports.s_axi_awvalid = 0;
  ports.s_axi_wvalid = 0;
  ports.s_axi_bready = 0;
  ports.s_axi_arvalid = 0;
  ports.s_axi_rready = 0;
  // The accelerator's reset lasts a little longer than aresetn.
  for (int i = 0; i < 40; ++i) {
    ports.aresetn = i >= 16 ? 1 : 0;
    ports.aclk = 0;
    ports.eval();
    if (i > 20 && ports.s_axis_tready) break;
    if (i > 2 && (ports.m_axis_tvalid || ports.s_axis_tready || ports.s_axi_rvalid || ports.s_axi_bvalid)) {
      fail("a port is active in reset");
    }
    ports.aclk = 1;
    ports.eval();
  }
}

void Shell::step() {
  Vshell& ports = *model_;
  if (!offered_ && !beats.empty() && cycle_ >= earliest_) offered_ = !pattern_.stalls(hypgcn::kInputPort, cycle_);
  const Beat beat = offered_ ? beats.front() : Beat();
  ports.s_axis_tvalid = offered_;
  ports.s_axis_tdata = beat.data;
#ifdef HAS_KEEP
  ports.s_axis_tkeep = beat.keep;
#endif
  ports.s_axis_tlast = beat.last;
  ports.m_axis_tready = !pattern_.stalls(hypgcn::kOutputPort, cycle_);
  ports.aclk = 0;
  ports.eval();
  if (offered_ && ports.s_axis_tready) {
    beats.pop_front();
    offered_ = false;
    if (!open_) first.push_back(cycle_);
    open_ = !beat.last;
    if (beat.last) {
      last.push_back(cycle_);
      earliest_ = cycle_ + 1 + gap_;
    }
  }
  if (ports.m_axis_tvalid && ports.m_axis_tready) {
    if (ports.m_axis_tkeep != (1u << OUTPUT_BYTES) - 1) fail("m_axis_tkeep");
    const int64_t value = OUTPUT_BYTES == 4 ? static_cast<int32_t>(ports.m_axis_tdata) : static_cast<int64_t>(ports.m_axis_tdata);
    logits.push_back(Logit{cycle_, value, ports.m_axis_tlast != 0});
  }
  ports.aclk = 1;
  ports.eval();
  ++cycle_;
}

// Ports settle in the first half of a cycle; inputs that are set here go in with the next step.
uint32_t Shell::read(uint32_t offset) {
  Vshell& ports = *model_;
  ports.s_axi_araddr = offset;
  ports.s_axi_arvalid = 1;
  ports.s_axi_rready = 1;
  for (int i = 0; i < kBusLimit; ++i) {
    ports.aclk = 0;
    ports.eval();
    const bool addressed = ports.s_axi_arvalid && ports.s_axi_arready;
    const bool answered = ports.s_axi_rvalid;
    const uint32_t data = ports.s_axi_rdata;
    if (answered && ports.s_axi_rresp != 0) fail("rresp");
    step();
    if (addressed) ports.s_axi_arvalid = 0;
    if (answered) {
      ports.s_axi_rready = 0;
      return data;
    }
  }
  fail("a read is not answered");
  return 0;
}

void Shell::write(uint32_t offset, uint32_t value) {
  Vshell& ports = *model_;
  // Address and data in either order.
  const bool data_first = (offset & 4) != 0;
  ports.s_axi_awaddr = offset;
  ports.s_axi_wdata = value;
  ports.s_axi_wstrb = 0xF;
  ports.s_axi_awvalid = !data_first;
  ports.s_axi_wvalid = data_first;
  for (int i = 0; i < kBusLimit; ++i) {
    if (i == 2) (data_first ? ports.s_axi_awvalid : ports.s_axi_wvalid) = 1;
    ports.s_axi_bready = i > 6;
    ports.aclk = 0;
    ports.eval();
    const bool addressed = ports.s_axi_awvalid && ports.s_axi_awready;
    const bool written = ports.s_axi_wvalid && ports.s_axi_wready;
    const bool answered = ports.s_axi_bvalid && ports.s_axi_bready;
    if (answered && ports.s_axi_bresp != 0) fail("bresp");
    step();
    if (addressed) ports.s_axi_awvalid = 0;
    if (written) ports.s_axi_wvalid = 0;
    if (answered) {
      ports.s_axi_bready = 0;
      return;
    }
  }
  fail("a write is not answered");
}
