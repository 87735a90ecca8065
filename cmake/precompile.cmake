# polar_flow_precompile(TARGET HEADER…): reads the headers that most of its sources include, and that
# take a compiler longest, once for all of them. Sources still include what they use.
function(polar_flow_precompile target)
  target_precompile_headers(${target} PRIVATE ${ARGN})
  # Without this a compiler cache cannot tell what the precompiled header was made of.
  target_compile_options(${target} PRIVATE -fpch-preprocess)
endfunction()
