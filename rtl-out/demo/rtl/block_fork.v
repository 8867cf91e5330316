// Hands every bank of a block's input to its three readers at once: frame buffer, spatial shortcut
// and temporal shortcut. The temporal shortcut takes only frames that an output frame exists for
// (frame mod STRIDE = 0), and nothing when HAS_RESIDUAL = 0.
`default_nettype none

module block_fork #(
  parameter JOINTS = 25,
  parameter FRAMES = 300,
  parameter BANKS = 4,
  parameter STRIDE = 1,
  parameter HAS_RESIDUAL = 1
) (
  input  wire clk_i,
  input  wire rst_i,
  input  wire in_valid_i,
  output wire in_ready_o,
  output wire frame_valid_o,
  input  wire frame_ready_i,
  output wire spatial_valid_o,
  input  wire spatial_ready_i,
  output wire residual_valid_o,
  input  wire residual_ready_i
);
  wire wanted;
  wire residual_ok = !wanted || residual_ready_i;

  assign in_ready_o = frame_ready_i && spatial_ready_i && residual_ok;
  assign frame_valid_o = in_valid_i && spatial_ready_i && residual_ok;
  assign spatial_valid_o = in_valid_i && frame_ready_i && residual_ok;
  assign residual_valid_o = in_valid_i && wanted && frame_ready_i && spatial_ready_i;

  generate
    if (HAS_RESIDUAL == 0) begin : gen_none
      wire _unused_ok = &{1'b0, clk_i, rst_i, residual_ready_i};
      assign wanted = 1'b0;
    end else if (STRIDE == 1) begin : gen_all
      wire _unused_ok = &{1'b0, clk_i, rst_i};
      assign wanted = 1'b1;
    end else begin : gen_stride
      localparam FRAME_BANKS = JOINTS*BANKS;
      localparam COUNT_BITS = (FRAME_BANKS > 1) ? $clog2(FRAME_BANKS) : 1;
      localparam FRAME_BITS = (FRAMES > 1) ? $clog2(FRAMES) : 1;
      localparam PHASE_BITS = $clog2(STRIDE);
      localparam LAST_BANK = FRAME_BANKS - 1;
      localparam LAST_FRAME = FRAMES - 1;
      localparam LAST_PHASE = STRIDE - 1;
      reg [COUNT_BITS-1:0] count_q;
      reg [FRAME_BITS-1:0] frame_q;
      reg [PHASE_BITS-1:0] phase_q;
      wire frame_last = frame_q == LAST_FRAME[FRAME_BITS-1:0];
      assign wanted = phase_q == {PHASE_BITS{1'b0}};
      always @(posedge clk_i) begin
        if (rst_i) begin
          count_q <= {COUNT_BITS{1'b0}};
          frame_q <= {FRAME_BITS{1'b0}};
          phase_q <= {PHASE_BITS{1'b0}};
        end else if (in_valid_i && in_ready_o) begin
          if (count_q != LAST_BANK[COUNT_BITS-1:0]) begin
            count_q <= count_q + 1'b1;
          end else begin
            count_q <= {COUNT_BITS{1'b0}};
            frame_q <= frame_last ? {FRAME_BITS{1'b0}} : frame_q + 1'b1;
            phase_q <= (frame_last || phase_q == LAST_PHASE[PHASE_BITS-1:0]) ? {PHASE_BITS{1'b0}} : phase_q + 1'b1;
          end
        end
      end
    end
  endgenerate
endmodule

`default_nettype wire
