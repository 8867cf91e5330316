# Stands in for Vivado: `tclsh vivado.tcl SCRIPT [ARGUMENTS]` runs a script in the current folder with Vivado's commands replaced
# by procedures that check options, values and files, and print each call as a line.
# Only what Tcl 8.5 has is there: that is what most releases of Vivado run.
rename lmap {}

set ::made {}
set ::objects 0

proc complain {text} {
  puts "problem: $text"
  exit 1
}

proc must_exist {paths} {
  if {[llength $paths] == 0} { complain "no file is given" }
  foreach path $paths {
    if {![file exists $path]} { complain "there is no file $path" }
  }
}

# A command: its options as {name kind}, then the kinds of its other arguments. Kinds: flag, text, number, file, files (that
# exist), new (a file whose folder exists), object. A '?' at the end makes an argument optional.
proc vivado {name options arguments {result ""}} {
  proc ::$name args "check [list $name] [list $options] [list $arguments] \$args; return \[answer [list $result]\]"
}

proc answer {result} {
  if {$result ne "object"} { return $result }
  return object[incr ::objects]
}

proc check_value {name kind value} {
  switch -- $kind {
    number { if {![string is double -strict $value]} { complain "$name: $value is no number" } }
    file { must_exist [list $value] }
    files { must_exist $value }
    new { if {![file isdirectory [file dirname $value]]} { complain "$name: there is no folder for $value" } }
    object { if {![string match object* $value]} { complain "$name: $value is nothing that a command gave" } }
  }
}

proc check {name options arguments given} {
  puts "call: $name $given"
  lappend ::made $name
  array set kinds $options
  set rest {}
  for {set i 0} {$i < [llength $given]} {incr i} {
    set word [lindex $given $i]
    if {![string match -* $word] || [string is double -strict $word]} {
      lappend rest $word
      continue
    }
    if {![info exists kinds($word)]} { complain "$name has no option $word" }
    if {$kinds($word) eq "flag"} continue
    incr i
    if {$i >= [llength $given]} { complain "$name: $word has no value" }
    check_value "$name $word" $kinds($word) [lindex $given $i]
  }
  foreach kind $arguments {
    set optional [string match *\\? $kind]
    if {[llength $rest] == 0} {
      if {!$optional} { complain "$name: an argument is missing" }
      continue
    }
    check_value $name [string trimright $kind ?] [lindex $rest 0]
    set rest [lrange $rest 1 end]
  }
  if {[llength $rest] > 0} { complain "$name: too many arguments: $rest" }
}

# Without a project.
vivado read_verilog {-sv flag -library text} {files}
vivado read_mem {} {files}
vivado read_xdc {-mode text -unmanaged flag} {files}
vivado synth_design {-top text -part text -mode text -flatten_hierarchy text -directive text} {}
vivado opt_design {-directive text} {}
vivado place_design {-directive text} {}
vivado phys_opt_design {-directive text} {}
vivado route_design {-directive text} {}
vivado write_checkpoint {-force flag} {new}
vivado report_utilization {-hierarchical flag -file new} {}
vivado report_timing_summary {-max_paths number -file new} {}
vivado report_power {-file new} {}
vivado get_timing_paths {-max_paths number -nworst number -setup flag} {} object

# With one.
vivado create_project {-force flag -part text -in_memory flag} {text new}
vivado add_files {-fileset text -norecurse flag} {files}
vivado update_compile_order {-fileset text} {}
vivado close_project {} {}
vivado get_filesets {} {text} object
vivado get_files {} {files} object
vivado get_runs {} {text} object
vivado get_property {} {text object} 0.123
vivado set_property {-name text -value text -objects object} {text? text? object?}

# IP.
namespace eval ipx {}
vivado ipx::package_project {-root_dir file -vendor text -library text -taxonomy text -force flag -import_files flag} {}
vivado ipx::current_core {} {} object
vivado ipx::infer_bus_interfaces {} {text object}
vivado ipx::infer_bus_interface {} {text text object}
vivado ipx::get_bus_interfaces {-of_objects object} {text} object
vivado ipx::associate_bus_interfaces {-busif text -clock text -reset text} {object}
vivado ipx::create_xgui_files {} {object}
vivado ipx::update_checksums {} {object}
vivado ipx::check_integrity {} {object}
vivado ipx::save_core {} {object}

# Constraints.
vivado create_clock {-name text -period number} {object}
vivado get_ports {} {text} object

set script [lindex $argv 0]
set argv [lrange $argv 1 end]
set argc [llength $argv]
source $script
puts "end: [llength $::made] calls"
