// A stand-in for a generated accelerator with the same ports: two taps, two stages, two logits.
// tap 0 has the input, tap 1 the input plus an offset from a memory image; logit 0 is the sum of a clip.
// mem/fault.mem says what goes wrong: 0 nothing, 1 a wrong value, 2 a late output, 3 a stuck input,
// 4 a bank too many, 5 a hot zero, 6 a logit too many, 7 a TLAST too early.
`default_nettype none

module stub_sim (
  input  wire clk_i,
  input  wire rst_i,
  input  wire s_axis_tvalid_i,
  output wire s_axis_tready_o,
  input  wire [BITS_MINUS_1:0] s_axis_tdata_i,
  input  wire s_axis_tlast_i,
  output wire m_axis_tvalid_o,
  input  wire m_axis_tready_i,
  output wire signed [39:0] m_axis_tdata_o,
  output wire m_axis_tlast_o,
  output wire [1:0] tap_fire_o,
  output wire [15:0] tap0_hot_o,
  output wire [16*BITS-1:0] tap0_data_o,
  output wire [15:0] tap1_hot_o,
  output wire [16*BITS-1:0] tap1_data_o,
  input  wire stat_hold_i,
  input  wire [15:0] stat_select_i,
  output reg  [31:0] stat_data_o
);
  reg [7:0] fault_mem [0:0];
  reg [BITS-1:0] offset_mem [0:0];
  initial begin
    $readmemh("mem/fault.mem", fault_mem);
    $readmemh("mem/offset.mem", offset_mem);
  end
  wire [7:0] fault = fault_mem[0];

  // Input: three channels make a bank; the last value of a clip starts the output.
  reg [1:0] channel_q;
  reg pending_q;
  reg late_q;
  reg second_q;
  reg signed [39:0] sum_q;
  reg [15:0] banks_q;
  reg [3*BITS-1:0] bank_q;
  reg bank_valid_q;
  wire stuck = (fault == 8'd3) && (banks_q == 16'd5);
  assign s_axis_tready_o = !pending_q && !stuck;
  wire in_fire = s_axis_tvalid_i && s_axis_tready_o;
  wire signed [BITS-1:0] value = s_axis_tdata_i;
  assign m_axis_tvalid_o = pending_q && !late_q;
  wire out_fire = m_axis_tvalid_o && m_axis_tready_i;
  reg third_q;
  wire last_logit = second_q && !((fault == 8'd6) && !third_q);
  assign m_axis_tdata_o = second_q ? -sum_q : sum_q;
  assign m_axis_tlast_o = second_q ^ ((fault == 8'd7) && (banks_q == 16'd4));

  always @(posedge clk_i) begin
    bank_valid_q <= 1'b0;
    late_q <= 1'b0;
    if (rst_i) begin
      channel_q <= 2'd0;
      pending_q <= 1'b0;
      second_q <= 1'b0;
      third_q <= 1'b0;
      banks_q <= 16'd0;
      sum_q <= 40'sd0;
    end else begin
      if (in_fire) begin
        bank_q <= {value, bank_q[3*BITS-1:BITS]};
        sum_q <= sum_q + value;
        channel_q <= (channel_q == 2'd2) ? 2'd0 : channel_q + 2'd1;
        bank_valid_q <= channel_q == 2'd2;
        if (channel_q == 2'd2) banks_q <= banks_q + 16'd1;
        if (s_axis_tlast_i) begin
          pending_q <= 1'b1;
          late_q <= (fault == 8'd2) && (banks_q == 16'd7);
        end
      end
      if (out_fire) begin
        second_q <= !last_logit;
        third_q <= second_q && !last_logit;
        if (last_logit) begin
          pending_q <= 1'b0;
          sum_q <= 40'sd0;
        end
      end
    end
  end

  // Taps.
  reg [3*BITS-1:0] moved_q;
  reg moved_valid_q;
  reg extra_q;
  always @(posedge clk_i) begin
    moved_valid_q <= bank_valid_q && !rst_i;
    extra_q <= moved_valid_q && (fault == 8'd4) && (banks_q == 16'd8) && !rst_i;
    moved_q[0 +: BITS] <= bank_q[0 +: BITS] + offset_mem[0];
    moved_q[BITS +: BITS] <= bank_q[BITS +: BITS];
    moved_q[2*BITS +: BITS] <= bank_q[2*BITS +: BITS] + (((fault == 8'd1) && (banks_q == 16'd3)) ? {{BITS-1{1'b0}}, 1'b1} : {BITS{1'b0}});
  end
  assign tap_fire_o = {moved_valid_q || extra_q, bank_valid_q};
  stub_pack u_pack0 (.hot_zero_i(fault == 8'd5), .bank_i(bank_q), .hot_o(tap0_hot_o), .data_o(tap0_data_o));
  stub_pack u_pack1 (.hot_zero_i(1'b0), .bank_i(moved_q), .hot_o(tap1_hot_o), .data_o(tap1_data_o));

  // Counters.
  reg [31:0] busy0_q, blocked0_q, busy1_q, blocked1_q;
  always @(posedge clk_i) begin
    if (rst_i) begin
      busy0_q <= 32'd0;
      blocked0_q <= 32'd0;
      busy1_q <= 32'd0;
      blocked1_q <= 32'd0;
    end else if (!stat_hold_i) begin
      busy0_q <= busy0_q + {31'd0, in_fire};
      blocked0_q <= blocked0_q + {31'd0, s_axis_tvalid_i && !s_axis_tready_o};
      busy1_q <= busy1_q + {31'd0, out_fire};
      blocked1_q <= blocked1_q + {31'd0, m_axis_tvalid_o && !m_axis_tready_i};
    end
    case (stat_select_i)
      16'd0: stat_data_o <= busy0_q;
      16'd1: stat_data_o <= blocked0_q;
      16'd2: stat_data_o <= busy1_q;
      16'd3: stat_data_o <= blocked1_q;
      16'd4: stat_data_o <= 32'd7;
      default: stat_data_o <= 32'hffffffff;
    endcase
  end
endmodule

// Moves the non-zero values to the front; the rest holds ones, which nobody may read.
module stub_pack (
  input  wire hot_zero_i,
  input  wire [3*BITS-1:0] bank_i,
  output reg  [15:0] hot_o,
  output reg  [16*BITS-1:0] data_o
);
  integer channel;
  integer slot;
  always @* begin
    hot_o = 16'd0;
    data_o = {16*BITS{1'b1}};
    slot = 0;
    for (channel = 0; channel < 3; channel = channel + 1) begin
      if ((bank_i[channel*BITS +: BITS] != {BITS{1'b0}}) || hot_zero_i) begin
        hot_o[channel] = 1'b1;
        data_o[slot*BITS +: BITS] = bank_i[channel*BITS +: BITS];
        slot = slot + 1;
      end
    end
  end
endmodule

`default_nettype wire
