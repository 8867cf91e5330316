// rfc_encoder: decoding a bank gives the 16 values that were encoded, for any values, with any gaps between chunks.
// Value i of a bank is 0 where hot bit i is 0, else the packed value with as many before it as hot bits below i are set.
// The solver chooses i.
`default_nettype none

module rfc_encoder_properties #(
  parameter BITS = 16,
  parameter WIDTH = 4
) (
  input wire clk_i,
  input wire rst_i,
  input wire valid_i,
  input wire [WIDTH*BITS-1:0] values_i
);
  localparam CHUNKS = 16/WIDTH;

  (* anyconst *) wire [3:0] i;
  wire bank_valid;
  wire [15:0] hot;
  wire [16*BITS-1:0] data;
  reg [4:0] in_chunk_q;
  wire last = in_chunk_q == CHUNKS - 1;

  rfc_encoder #(.BITS(BITS), .WIDTH(WIDTH)) u_encoder (
    .clk_i(clk_i), .rst_i(rst_i), .valid_i(valid_i), .last_i(last), .values_i(values_i),
    .bank_valid_o(bank_valid), .hot_o(hot), .data_o(data)
  );

  function [4:0] ones;
    input [15:0] bits;
    integer n;
    begin
      ones = 5'd0;
      for (n = 0; n < 16; n = n + 1) ones = ones + bits[n];
    end
  endfunction

  // The values as they came, in step with the encoder: the chunk of stage 1, then the bank that is being filled.
  reg valid_q;
  reg last_q;
  reg [WIDTH*BITS-1:0] values_q;
  reg [4:0] chunk_q;
  reg [16*BITS-1:0] bank_q;
  reg complete_q;
  reg started_q;
  integer c;

  initial started_q = 1'b0;
  always @(posedge clk_i) begin
    started_q <= 1'b1;
    values_q <= values_i;
    last_q <= last;
    for (c = 0; c < CHUNKS; c = c + 1) begin
      if (valid_q && chunk_q == c) bank_q[c*WIDTH*BITS +: WIDTH*BITS] <= values_q;
    end
    if (rst_i) begin
      in_chunk_q <= 5'd0;
      valid_q <= 1'b0;
      chunk_q <= 5'd0;
      complete_q <= 1'b0;
    end else begin
      if (valid_i) in_chunk_q <= last ? 5'd0 : in_chunk_q + 5'd1;
      valid_q <= valid_i;
      if (valid_q) chunk_q <= last_q ? 5'd0 : chunk_q + 5'd1;
      complete_q <= valid_q && last_q;
    end
  end

  // Value n of 16.
  function [BITS-1:0] pick;
    input [16*BITS-1:0] bank;
    input [4:0] n;
    integer m;
    begin
      pick = {BITS{1'b0}};
      for (m = 0; m < 16; m = m + 1) pick = pick | (bank[m*BITS +: BITS] & {BITS{n == m[4:0]}});
    end
  endfunction

  wire [BITS-1:0] value = pick(bank_q, {1'b0, i});
  wire [15:0] below = ~(16'hffff << i);
  wire [BITS-1:0] decoded = hot[i] ? pick(data, ones(hot & below)) : {BITS{1'b0}};

  // For induction: value i after its chunk, and as value j of the chunk in stage 1.
  localparam SHIFT = $clog2(WIDTH);
  localparam LAST_LANE = WIDTH - 1;
  wire [4:0] begun = chunk_q << SHIFT;
  wire known = complete_q || ({1'b0, i} < begun);
  wire [3:0] j = i & LAST_LANE[3:0];
  wire [16*BITS-1:0] chunk_values = values_q;
  wire [BITS-1:0] chunk_value = pick(chunk_values, {1'b0, j});
  wire [15:0] filled = ~(16'hffff << begun);
  (* hierconn *) wire \u_encoder.valid_q ;
  (* hierconn *) wire \u_encoder.last_q ;
  (* hierconn *) wire [3:0] \u_encoder.chunk_q ;
  (* hierconn *) wire [4:0] \u_encoder.fill_q ;
  (* hierconn *) wire [4:0] \u_encoder.count_q ;
  (* hierconn *) wire [WIDTH-1:0] \u_encoder.nonzero_q ;
  (* hierconn *) wire [WIDTH*BITS-1:0] \u_encoder.packed_q ;
  wire [15:0] nonzero = u_encoder.nonzero_q;
  wire [16*BITS-1:0] packed = u_encoder.packed_q;

  always @* begin
    if (!started_q) begin
      assume (rst_i);
    end else begin
      assert (bank_valid == complete_q);
      if (bank_valid) assert (hot[i] == (value != {BITS{1'b0}}));
      if (bank_valid) assert (decoded == value);

      assert (chunk_q < CHUNKS);
      assert (in_chunk_q == ((valid_q && last_q) ? 5'd0 : chunk_q + valid_q));
      if (valid_q) assert (last_q == (chunk_q == CHUNKS - 1));
      if (complete_q) assert (chunk_q == 5'd0);
      assert (u_encoder.valid_q == valid_q);
      if (valid_q) assert (u_encoder.last_q == last_q);
      assert (u_encoder.chunk_q == chunk_q);
      assert (u_encoder.fill_q == ones(hot & filled));
      if (chunk_q != 5'd0) assert ((hot & ~filled) == 16'd0);
      if (known) assert (hot[i] == (value != {BITS{1'b0}}));
      if (known) assert (decoded == value);
      if (valid_q) begin
        assert (u_encoder.count_q == ones(nonzero));
        assert (nonzero[j] == (chunk_value != {BITS{1'b0}}));
        if (nonzero[j]) assert (pick(packed, ones(nonzero & ~(16'hffff << j))) == chunk_value);
      end
    end
  end
endmodule

`default_nettype wire
