#compdef aws-okta-processor
# Completion of aws-okta-processor for zsh: asks the program what may stand under the cursor.
_aws-okta-processor() {
  local candidate
  local -a candidates
  for candidate in ${(f)"$(print -rl -- "${(@Q)words[1,CURRENT-1]}" "$PREFIX" | aws-okta-processor completion --complete 2>/dev/null)"}; do
    candidates+=("${${candidate%%$'\t'*}//:/\\:}:${candidate#*$'\t'}")
  done
  _describe 'aws-okta-processor' candidates
}
# Found in fpath it is the body of the function; read by .zshrc it names it.
if [[ $funcstack[1] == _aws-okta-processor ]]; then
  _aws-okta-processor "$@"
else
  compdef _aws-okta-processor aws-okta-processor
fi
