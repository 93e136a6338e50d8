# Completion of aws-okta-processor for fish: asks the program what may stand under the cursor.
function __aws_okta_processor_candidates
    begin
        commandline --tokenize --current-process --cut-at-cursor
        commandline --current-token --cut-at-cursor
    end | aws-okta-processor completion --complete 2>/dev/null
end
complete --command aws-okta-processor --no-files --arguments '(__aws_okta_processor_candidates)'
