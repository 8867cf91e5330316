// data_bn as one multiply-add per input value, in the order person, frame, joint, channel:
// x0 = saturate((q * scale + offset) >> SHIFT), the rounding half is part of the offset.
// Values have BITS, x0 OUT_BITS. COEFFICIENT_FILE: {offset, scale} per (person, joint, channel). Rows leave in RFC form.
// The last channel of a bank accepted at cycle t is on the output at t + 8.
`default_nettype none

module data_norm #(
  parameter BITS = 16,
  parameter OUT_BITS = BITS,
  parameter PERSONS = 1,
  parameter FRAMES = 32,
  parameter JOINTS = 25,
  parameter CHANNELS = 3,
  parameter SUM_BITS = 40,
  parameter SHIFT = 8,
  parameter COEFFICIENT_FILE = "norm.mem"
) (
  input  wire clk_i,
  input  wire rst_i,
  input  wire in_valid_i,
  output wire in_ready_o,
  input  wire [BITS-1:0] in_data_i,
  output wire out_valid_o,
  input  wire out_ready_i,
  output wire [15:0] out_hot_o,
  output wire [16*OUT_BITS-1:0] out_data_o,
  output wire busy_o,
  output wire waiting_o
);
  localparam ROW_DEPTH = JOINTS*CHANNELS;
  localparam DEPTH = PERSONS*ROW_DEPTH;
  localparam ADDRESS_BITS = (DEPTH > 1) ? $clog2(DEPTH) : 1;
  localparam FRAME_BITS = (FRAMES > 1) ? $clog2(FRAMES) : 1;
  localparam CHANNEL_BITS = (CHANNELS > 4) ? $clog2(CHANNELS) : 2;
  localparam JOINT_BITS = (JOINTS > 1) ? $clog2(JOINTS) : 1;
  localparam LAST_CHANNEL = CHANNELS - 1;
  localparam LAST_JOINT = JOINTS - 1;
  localparam LAST_FRAME = FRAMES - 1;
  localparam LAST_ADDRESS = DEPTH - 1;
  localparam OUT_DEPTH = 8;

  reg [ADDRESS_BITS-1:0] address_q;
  reg [ADDRESS_BITS-1:0] person_base_q;
  reg [FRAME_BITS-1:0] frame_q;
  reg [JOINT_BITS-1:0] joint_q;
  reg [CHANNEL_BITS-1:0] channel_q;
  reg [3:0] position_q;
  reg [3:0] credit_q;
  wire channel_last = channel_q == LAST_CHANNEL[CHANNEL_BITS-1:0];
  wire row_last = channel_last && (joint_q == LAST_JOINT[JOINT_BITS-1:0]);
  wire frame_last = row_last && (frame_q == LAST_FRAME[FRAME_BITS-1:0]);
  wire bank_first = position_q == 4'd0;
  wire bank_last = channel_last || (position_q == 4'd15);
  wire room = !bank_first || (credit_q != 4'd0);
  wire fire = in_valid_i && room;
  wire pop = out_valid_o && out_ready_i;

  assign in_ready_o = room;
  assign busy_o = fire;
  assign waiting_o = !room;

  always @(posedge clk_i) begin
    if (rst_i) begin
      address_q <= {ADDRESS_BITS{1'b0}};
      person_base_q <= {ADDRESS_BITS{1'b0}};
      frame_q <= {FRAME_BITS{1'b0}};
      joint_q <= {JOINT_BITS{1'b0}};
      channel_q <= {CHANNEL_BITS{1'b0}};
      position_q <= 4'd0;
      credit_q <= OUT_DEPTH[3:0];
    end else begin
      if (fire) begin
        position_q <= bank_last ? 4'd0 : position_q + 4'd1;
        channel_q <= channel_last ? {CHANNEL_BITS{1'b0}} : channel_q + 1'b1;
        if (channel_last) joint_q <= row_last ? {JOINT_BITS{1'b0}} : joint_q + 1'b1;
        if (row_last) frame_q <= frame_last ? {FRAME_BITS{1'b0}} : frame_q + 1'b1;
        if (frame_last) begin
          address_q <= (address_q == LAST_ADDRESS[ADDRESS_BITS-1:0]) ? {ADDRESS_BITS{1'b0}} : address_q + 1'b1;
          person_base_q <= (address_q == LAST_ADDRESS[ADDRESS_BITS-1:0]) ? {ADDRESS_BITS{1'b0}} : address_q + 1'b1;
        end else begin
          address_q <= row_last ? person_base_q : address_q + 1'b1;
        end
      end
      if ((fire && bank_first) != pop) credit_q <= pop ? credit_q + 4'd1 : credit_q - 4'd1;
    end
  end

  reg [4:0] valid_sh;
  reg [4:0] last_sh;
  reg signed [BITS-1:0] value_q;
  reg signed [BITS-1:0] value_q2;
  reg signed [BITS-1:0] scale_q2;
  reg [ADDRESS_BITS-1:0] address_q2;
  reg [SUM_BITS-1:0] offset_q2;
  reg [SUM_BITS-1:0] offset_q3;
  reg signed [2*BITS-1:0] product_q;
  reg [SUM_BITS-1:0] sum_q;
  reg [OUT_BITS-1:0] result_q;
  wire [SUM_BITS+BITS-1:0] coefficient;
  wire [OUT_BITS-1:0] result;
  wire bank_valid;
  wire [15:0] bank_hot;
  wire [16*OUT_BITS-1:0] bank_data;
  wire fifo_ready;
  wire _unused_ok = &{1'b0, fifo_ready};

  memory_rom #(.WIDTH(SUM_BITS + BITS), .DEPTH(DEPTH), .FILE(COEFFICIENT_FILE), .REGISTERED(0)) u_coefficients (
    .clk_i(clk_i), .read_i(1'b1), .address_i(address_q2), .data_o(coefficient)
  );

  saturate #(.LANES(1), .IN_BITS(SUM_BITS), .OUT_BITS(OUT_BITS), .SHIFT(SHIFT), .RELU(0)) u_saturate (
    .sums_i(sum_q), .values_o(result)
  );

  always @(posedge clk_i) begin
    last_sh <= {last_sh[3:0], bank_last};
    value_q <= in_data_i;
    address_q2 <= address_q;
    value_q2 <= value_q;
    scale_q2 <= coefficient[BITS-1:0];
    offset_q2 <= coefficient[BITS +: SUM_BITS];
    product_q <= value_q2*scale_q2;
    offset_q3 <= offset_q2;
    sum_q <= {{(SUM_BITS-2*BITS){product_q[2*BITS-1]}}, product_q} + offset_q3;
    result_q <= result;
    if (rst_i) valid_sh <= 5'd0;
    else valid_sh <= {valid_sh[3:0], fire};
  end

  rfc_encoder #(.BITS(OUT_BITS), .WIDTH(1)) u_encoder (
    .clk_i(clk_i), .rst_i(rst_i), .valid_i(valid_sh[4]), .last_i(last_sh[4]), .values_i(result_q),
    .bank_valid_o(bank_valid), .hot_o(bank_hot), .data_o(bank_data)
  );

  stream_fifo #(.WIDTH(16 + 16*OUT_BITS), .DEPTH(OUT_DEPTH)) u_out (
    .clk_i(clk_i), .rst_i(rst_i),
    .in_valid_i(bank_valid), .in_ready_o(fifo_ready), .in_data_i({bank_hot, bank_data}),
    .out_valid_o(out_valid_o), .out_ready_i(out_ready_i), .out_data_o({out_hot_o, out_data_o})
  );
endmodule

`default_nettype wire
