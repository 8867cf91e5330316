// The end of a convolution: sum (+ bias) (+ shortcut), round, ReLU, saturate, RFC encode.
// Takes words of LANES sums (all channels of a joint in order), WIDTH channels a cycle. WIDTH is 1, 2, 4, 8
// or 16 and at most LANES and (SIDE = 2) SIDE_LANES; the last word of a row counts as far as the row goes.
// Banks of the shortcut have BITS a value, the result OUT_BITS.
//
// SIDE = 0: no shortcut. SIDE = 1: shortcut is a stream of RFC banks (identity).
// SIDE = 2: shortcut is a stream of words of SIDE_LANES sums of SIDE_BITS (1x1 convolution).
// HAS_BIAS = 1: BIAS_FILE holds, per WIDTH channels, bias plus rounding half, TOTAL_BITS each.
// The last channels of a bank accepted at cycle t are on the output at t + 7.
`default_nettype none

module finish #(
  parameter BITS = 16,
  parameter OUT_BITS = BITS,
  parameter LANES = 4,
  parameter WIDTH = 2,
  parameter BANKS = 4,
  parameter SUM_BITS = 40,
  parameter SIDE = 1,
  parameter SIDE_LANES = LANES,
  parameter SIDE_BITS = 16,
  parameter MAIN_ALIGN = 0,
  parameter SIDE_ALIGN = 8,
  parameter TOTAL_BITS = 44,
  parameter SHIFT = 8,
  parameter HAS_BIAS = 1,
  parameter BIAS_FILE = "bias.mem"
) (
  input  wire clk_i,
  input  wire rst_i,
  input  wire main_valid_i,
  output wire main_ready_o,
  input  wire [LANES*SUM_BITS-1:0] main_data_i,
  input  wire side_bank_valid_i,
  output wire side_bank_ready_o,
  input  wire [15:0] side_hot_i,
  input  wire [16*BITS-1:0] side_bank_i,
  input  wire side_word_valid_i,
  output wire side_word_ready_o,
  input  wire [SIDE_LANES*SIDE_BITS-1:0] side_word_i,
  output wire out_valid_o,
  input  wire out_ready_i,
  output wire [15:0] out_hot_o,
  output wire [16*OUT_BITS-1:0] out_data_o,
  output wire busy_o,
  output wire waiting_o
);
  localparam BANK_CHUNKS = 16/WIDTH;
  localparam ROW_CHUNKS = BANKS*BANK_CHUNKS;
  localparam ROW_BITS = (ROW_CHUNKS > 1) ? $clog2(ROW_CHUNKS) : 1;
  localparam NEXT_LAST_BANK_CHUNK = (BANK_CHUNKS > 1) ? BANK_CHUNKS - 2 : 0;
  localparam NEXT_LAST_ROW_CHUNK = (ROW_CHUNKS > 1) ? ROW_CHUNKS - 2 : 0;
  localparam OUT_DEPTH = 8;

  reg [3:0] bank_chunk_q;
  reg [ROW_BITS-1:0] row_chunk_q;
  reg row_last_q;
  reg [3:0] credit_q;
  wire word_last;
  wire [WIDTH*SUM_BITS-1:0] main;
  reg bank_first_q; // the bank's first chunk, its last, and room for a bank: all known a cycle ahead
  reg bank_last_q;
  reg has_credit_q;
  wire room = !bank_first_q || has_credit_q;
  wire side_ok;
  wire fire = main_valid_i && side_ok && room;
  wire pop = out_valid_o && out_ready_i;

  assign main_ready_o = side_ok && room && word_last;
  assign busy_o = fire;
  assign waiting_o = main_valid_i && side_ok && !room;

  always @(posedge clk_i) begin
    if (rst_i) begin
      bank_chunk_q <= 4'd0;
      bank_last_q <= BANK_CHUNKS == 1;
      row_chunk_q <= {ROW_BITS{1'b0}};
      row_last_q <= ROW_CHUNKS == 1;
      bank_first_q <= 1'b1;
      credit_q <= OUT_DEPTH[3:0];
      has_credit_q <= 1'b1;
    end else begin
      if (fire) begin
        bank_chunk_q <= bank_last_q ? 4'd0 : bank_chunk_q + 4'd1;
        bank_last_q <= bank_last_q ? BANK_CHUNKS == 1 : bank_chunk_q == NEXT_LAST_BANK_CHUNK[3:0];
        row_chunk_q <= row_last_q ? {ROW_BITS{1'b0}} : row_chunk_q + 1'b1;
        row_last_q <= row_last_q ? ROW_CHUNKS == 1 : row_chunk_q == NEXT_LAST_ROW_CHUNK[ROW_BITS-1:0];
      end
      if (fire) bank_first_q <= bank_last_q;
      if ((fire && bank_first_q) != pop) begin
        credit_q <= pop ? credit_q + 4'd1 : credit_q - 4'd1;
        has_credit_q <= pop || credit_q != 4'd1;
      end
    end
  end

  word_chunks #(.LANES(LANES), .WIDTH(WIDTH), .BITS(SUM_BITS)) u_main (
    .clk_i(clk_i), .rst_i(rst_i), .word_i(main_data_i), .take_i(fire), .row_last_i(row_last_q),
    .chunk_o(main), .word_last_o(word_last)
  );

  // ---- Shortcut operand, aligned -----------------------------------------------------------------
  wire [WIDTH*TOTAL_BITS-1:0] side;
  generate
    if (SIDE == 1) begin : gen_bank
      reg valid_q;
      reg [15:0] hot_q;
      reg [16*BITS-1:0] data_q;
      reg [WIDTH*TOTAL_BITS-1:0] expanded;
      reg [15:0] hot_d;
      reg [16*BITS-1:0] data_d;
      reg [BITS-1:0] value;
      reg [WIDTH:0] at;
      integer i;
      integer p;
      wire load = side_bank_valid_i && side_bank_ready_o;
      wire next_bank = BANK_CHUNKS == 1 || !valid_q || bank_last_q;
      assign side_ok = valid_q;
      assign side_bank_ready_o = !valid_q || (fire && bank_last_q);
      assign side_word_ready_o = 1'b0;
      assign side = expanded;
      always @* begin
        // `at` is the place of the next non-zero, one bit set: logic of few levels, as in rfc_encoder.
        at = {{WIDTH{1'b0}}, 1'b1};
        expanded = {WIDTH*TOTAL_BITS{1'b0}};
        for (i = 0; i < WIDTH; i = i + 1) begin
          value = {BITS{1'b0}};
          for (p = 0; p <= i; p = p + 1) begin
            if (at[p]) value = data_q[p*BITS +: BITS];
          end
          if (hot_q[i]) begin
            expanded[i*TOTAL_BITS +: TOTAL_BITS] = {{(TOTAL_BITS-BITS-SIDE_ALIGN){value[BITS-1]}}, value, {SIDE_ALIGN{1'b0}}};
            at = {at[WIDTH-1:0], 1'b0};
          end
        end
        // The next bank or what is left of this one.
        hot_d = next_bank ? side_hot_i : hot_q >> WIDTH;
        // Of up to four words to choose from a LUT makes a bit in this form, of more in the other.
        if (WIDTH <= 2) begin
          data_d = side_bank_i;
          for (p = 0; p <= WIDTH; p = p + 1) begin
            if (!next_bank && at[p]) data_d = data_q >> (p*BITS);
          end
        end else begin
          data_d = {16*BITS{1'b0}};
          for (p = 0; p <= WIDTH; p = p + 1) data_d = data_d | ((data_q >> (p*BITS)) & {16*BITS{at[p]}});
          if (next_bank) data_d = side_bank_i;
        end
      end
      always @(posedge clk_i) begin
        // Which of the two is known early; a bank that is not there is not valid.
        if (load || fire) begin
          hot_q <= hot_d;
          data_q <= data_d;
        end
        if (rst_i) valid_q <= 1'b0;
        else if (load) valid_q <= 1'b1;
        else if (fire && bank_last_q) valid_q <= 1'b0;
      end
      wire _unused_ok = &{1'b0, side_word_valid_i, side_word_i};
    end else if (SIDE == 2) begin : gen_word
      reg [WIDTH*TOTAL_BITS-1:0] extended;
      wire side_word_last;
      wire [WIDTH*SIDE_BITS-1:0] chunk;
      integer i;
      assign side_ok = side_word_valid_i;
      assign side_word_ready_o = main_valid_i && room && side_word_last;
      assign side_bank_ready_o = 1'b0;
      assign side = extended;
      word_chunks #(.LANES(SIDE_LANES), .WIDTH(WIDTH), .BITS(SIDE_BITS)) u_side (
        .clk_i(clk_i), .rst_i(rst_i), .word_i(side_word_i), .take_i(fire), .row_last_i(row_last_q),
        .chunk_o(chunk), .word_last_o(side_word_last)
      );
      always @* begin
        for (i = 0; i < WIDTH; i = i + 1) begin
          extended[i*TOTAL_BITS +: TOTAL_BITS] =
            {{(TOTAL_BITS-SIDE_BITS-SIDE_ALIGN){chunk[i*SIDE_BITS + SIDE_BITS - 1]}},
             chunk[i*SIDE_BITS +: SIDE_BITS], {SIDE_ALIGN{1'b0}}};
        end
      end
      wire _unused_ok = &{1'b0, side_bank_valid_i, side_hot_i, side_bank_i};
    end else begin : gen_none
      assign side_ok = 1'b1;
      assign side_word_ready_o = 1'b0;
      assign side_bank_ready_o = 1'b0;
      assign side = {WIDTH*TOTAL_BITS{1'b0}};
      wire _unused_ok = &{1'b0, side_bank_valid_i, side_hot_i, side_bank_i, side_word_valid_i, side_word_i};
    end
  endgenerate

  wire [WIDTH*TOTAL_BITS-1:0] bias;
  generate
    if (HAS_BIAS != 0) begin : gen_bias
      memory_rom #(.WIDTH(WIDTH*TOTAL_BITS), .DEPTH(ROW_CHUNKS), .FILE(BIAS_FILE), .REGISTERED(0)) u_bias (
        .clk_i(clk_i), .read_i(1'b1), .address_i(row_chunk_q), .data_o(bias)
      );
    end else begin : gen_no_bias
      assign bias = {WIDTH*TOTAL_BITS{1'b0}};
    end
  endgenerate

  // ---- Pipeline: select, add bias, add shortcut, saturate, encode ----------------------------------
  reg [3:0] valid_sh;
  reg [3:0] last_sh;
  reg [WIDTH*SUM_BITS-1:0] main_q;
  reg [WIDTH*TOTAL_BITS-1:0] bias_q;
  reg [WIDTH*TOTAL_BITS-1:0] side_q;
  reg [WIDTH*TOTAL_BITS-1:0] biased_q;
  reg [WIDTH*TOTAL_BITS-1:0] side_q2;
  reg [WIDTH*TOTAL_BITS-1:0] total_q;
  reg [WIDTH*OUT_BITS-1:0] values_q;
  wire [WIDTH*OUT_BITS-1:0] values;
  wire bank_valid;
  wire [15:0] bank_hot;
  wire [16*OUT_BITS-1:0] bank_data;
  wire fifo_ready;
  wire _unused_ready = &{1'b0, fifo_ready};
  integer l;

  saturate #(.LANES(WIDTH), .IN_BITS(TOTAL_BITS), .OUT_BITS(OUT_BITS), .SHIFT(SHIFT), .RELU(1)) u_saturate (
    .sums_i(total_q), .values_o(values)
  );

  always @(posedge clk_i) begin
    last_sh <= {last_sh[2:0], bank_last_q};
    if (fire) begin
      main_q <= main;
      bias_q <= bias;
      side_q <= side;
    end
    if (valid_sh[0]) begin
      for (l = 0; l < WIDTH; l = l + 1) begin
        biased_q[l*TOTAL_BITS +: TOTAL_BITS] <= bias_q[l*TOTAL_BITS +: TOTAL_BITS]
          + {{(TOTAL_BITS-SUM_BITS-MAIN_ALIGN){main_q[l*SUM_BITS + SUM_BITS - 1]}},
             main_q[l*SUM_BITS +: SUM_BITS], {MAIN_ALIGN{1'b0}}};
      end
      side_q2 <= side_q;
    end
    if (valid_sh[1]) begin
      for (l = 0; l < WIDTH; l = l + 1) begin
        total_q[l*TOTAL_BITS +: TOTAL_BITS] <= biased_q[l*TOTAL_BITS +: TOTAL_BITS]
                                               + side_q2[l*TOTAL_BITS +: TOTAL_BITS];
      end
    end
    if (valid_sh[2]) values_q <= values;
    if (rst_i) valid_sh <= 4'd0;
    else valid_sh <= {valid_sh[2:0], fire};
  end

  rfc_encoder #(.BITS(OUT_BITS), .WIDTH(WIDTH)) u_encoder (
    .clk_i(clk_i), .rst_i(rst_i), .valid_i(valid_sh[3]), .last_i(last_sh[3]), .values_i(values_q),
    .bank_valid_o(bank_valid), .hot_o(bank_hot), .data_o(bank_data)
  );

  stream_fifo #(.WIDTH(16 + 16*OUT_BITS), .DEPTH(OUT_DEPTH)) u_out (
    .clk_i(clk_i), .rst_i(rst_i),
    .in_valid_i(bank_valid), .in_ready_o(fifo_ready), .in_data_i({bank_hot, bank_data}),
    .out_valid_o(out_valid_o), .out_ready_i(out_ready_i), .out_data_o({out_hot_o, out_data_o})
  );
endmodule

`default_nettype wire
